import type { Organisation } from './accounts.mts';

/** Ids of a kind begin here, so that one kind's id is hardly ever another's. */
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

/** The id of the record at a place: ascending, with gaps, and other in organisations whose ids end otherwise. */
export const getRecordId = (firstId: number, organisation: Pick<Organisation, 'id'>, ordinal: number) =>
	firstId + ordinal * 200 + (ordinal % 2) * 100 + (organisation.id % 100);

/** The place of the record with an id, whether or not there is a record at it. */
export function ordinalOfId(firstId: number, organisation: Organisation, id: number): number | undefined {
	const ordinal = Math.floor((id - firstId) / 200);
	return ordinal >= 0 && getRecordId(firstId, organisation, ordinal) === id ? ordinal : undefined;
}
