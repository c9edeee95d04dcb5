/**
 * The command line; the guardian with its three phases; and the wiring, the only place that
 * connects actors and ports. Imports everything; no package imports it.
 */
package firstanswer.app;
