/** Shared by tests: raw sockets, and the programs of the assignment as it describes them. */
package firstanswer.testing;
