import type { IDataObject } from 'n8n-workflow';

/** How to find the records that are the same as one that is to be created. */
export interface ExistingRecords {
	/** The same for all requests that would create the same record. */
	key: string;
	/** Returns all records that are the same, in any order. */
	find: () => Promise<IDataObject[]>;
	/** Completes "Uphance has 2 …", e.g. "payments of this sales order with reference 'A'". */
	description: string;
	/** Shows a hint below the output. */
	hint: (message: string) => void;
}

/** Returns the record with the lowest ID, which every process takes. Says so if there are others. */
export function takeLowest(
	records: IDataObject[],
	describe: (record: IDataObject) => string,
	{ description, hint }: ExistingRecords,
): IDataObject | undefined {
	const [first] = byId(records);
	if (first && records.length > 1) {
		hint(
			`Uphance has ${records.length} ${description}. The node returned the one with the lowest ID: ${describe(first)} (ID ${String(first.id)}). If the others are duplicates, delete them in Uphance.`,
		);
	}
	return first;
}

/** Returns the records in the order of their IDs. */
export const byId = (records: IDataObject[]): IDataObject[] => [...records].sort((a, b) => Number(a.id) - Number(b.id));

/** @param name of the record that was created, but is not found by what should find it */
export const notListedHint = (name: string, { id }: IDataObject, { description }: ExistingRecords): string =>
	`Uphance created ${name} (ID ${String(id)}), but does not list it among the ${description}. Compare it in Uphance with what was sent: while it is not listed, another run may create it again.`;
