/**
 * What the chaos test is made of: the names, the servers that fail and the schedule by which they
 * do, the clients, and the ledger that holds what became of each query.
 */
package firstanswer.testing.chaos;
