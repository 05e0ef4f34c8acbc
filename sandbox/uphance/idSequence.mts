/**
 * Ascending ids for records that are added while the sandbox runs. They are above the ids of all generated records, so
 * that the newest record is the last one in its list.
 */
export class IdSequence {
	private last = 1_100_000_000;

	next(): number {
		this.last += 7;
		return this.last;
	}
}
