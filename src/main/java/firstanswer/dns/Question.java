package firstanswer.dns;

/** What a client asks: the addresses (type A, class IN) of a name. */
public record Question(DomainName name) {}
