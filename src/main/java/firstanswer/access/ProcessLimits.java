package firstanswer.access;

/** The limits that all clients of all servers in this process share. */
public record ProcessLimits(OpenFiles openFiles, UnsentAnswers unsentAnswers) {}
