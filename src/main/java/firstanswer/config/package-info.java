/**
 * What the operator may choose: typed records, read once from the configuration and validated
 * there. Nobody else reads configuration. Imports {@code codec.text}, {@code dns}; no Akka.
 */
package firstanswer.config;
