/**
 * Ids for what comes to be while the sandbox runs, ascending. They are above those of all made-up records, however many
 * orders are added, so that what is newest stays last in its list.
 */
export class IdSequence {
	private last = 1_100_000_000;

	next(): number {
		this.last += 7;
		return this.last;
	}
}
