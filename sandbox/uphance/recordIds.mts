import type { Organisation } from './accounts.mts';

/** The first id of each type. The ranges are far apart, so an id rarely exists in two types. */
export const firstIds = {
	products: 7200,
	invoices: 1_000_000,
	creditNotes: 2_000_000,
	pickTickets: 3_000_000,
	receivingTickets: 4_000_000,
	returns: 5_000_000,
	payments: 6_000_000,
	productionOrders: 7_000_000,
	vendorInvoices: 8_000_000,
	stockOperations: 9_000_000,
};

/**
 * Returns the id of the record with an ordinal. Ids ascend with gaps; they differ between organisations whose ids end
 * in different digits.
 */
export const getRecordId = (firstId: number, organisation: Pick<Organisation, 'id'>, ordinal: number) =>
	firstId + ordinal * 200 + (ordinal % 2) * 100 + (organisation.id % 100);

/** Returns the ordinal of an id, or undefined if no ordinal has this id. A record with the ordinal may not exist. */
export function ordinalOfId(firstId: number, organisation: Organisation, id: number): number | undefined {
	const ordinal = Math.floor((id - firstId) / 200);
	return ordinal >= 0 && getRecordId(firstId, organisation, ordinal) === id ? ordinal : undefined;
}
