/**
 * The parts of the chaos test: the names, the servers that fail, the schedule of their failures,
 * the clients, and the ledger that holds the fate of each query.
 */
package firstanswer.testing.chaos;
