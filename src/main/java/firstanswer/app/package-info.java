/**
 * The command line, and the guardian, the only place that wires actors and ports. Imports
 * everything; nothing imports it.
 */
package firstanswer.app;
