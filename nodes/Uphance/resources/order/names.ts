import type { IDataObject } from 'n8n-workflow';
import { toComparable } from '../../http/text';
import { withEditorClient } from '../../methods/loadOptions';
import type { ListSearch } from '../../operations/operation';
import { includesText, toRecords } from '../../output/values';
import { compareAlphabetically } from '../../parameters/fields';
import { readBothEnds } from '../../transport/pagination';
import type { RecordType } from '../../transport/recordType';
import { customerLookup } from '../customer/customer';
import { pickTicketLookup } from '../pickTicket/pickTicket';
import { orderLookup } from './order';

/** Where a name occurs. */
interface NameSource {
	recordType: RecordType;
	names: (record: IDataObject) => unknown[];
}

/**
 * Returns the method that lists names for which Uphance has no list of its own: those that the first and the last page of
 * other lists have. More pages are not read, because users can also enter a name.
 *
 * @param known names that are listed in any case
 * @throws NodeApiError or UserError if a request fails
 */
const nameSearch = (sources: NameSource[], known: string[] = []): ListSearch =>
	async function (filter, _paginationToken, limits) {
		const found = await withEditorClient(this, limits, async (client) => {
			const names: unknown[] = [];
			for (const source of sources) {
				names.push(...(await readBothEnds(client, source.recordType)).flatMap(source.names));
			}
			return names;
		});
		const names = new Set([...known, ...found.map(toComparable)]);
		const wanted = [...names].filter((name) => name !== '' && includesText([name], toComparable(filter)));
		return { results: wanted.sort(compareAlphabetically).map((name) => ({ name, value: name })) };
	};

const orders = orderLookup.recordType;
const pickTickets = pickTicketLookup.recordType;

/** The names that a new order or a pick ticket can have, by the names of the methods that list them. */
export const namesInOrders: Record<string, ListSearch> = {
	searchPaymentTerms: nameSearch([{ recordType: orders, names: ({ payment_term_name }) => [payment_term_name] }]),
	searchAgents: nameSearch([
		{ recordType: customerLookup.recordType, names: ({ agents }) => toRecords(agents).map(({ name }) => name) },
	]),
	searchWarehouses: nameSearch([
		{ recordType: pickTickets, names: ({ warehouse }) => [warehouse] },
		{ recordType: orders, names: ({ warehouse_name }) => [warehouse_name] },
	]),
	// The known carriers (docs/uphance.openapi.yaml: PUT /pick_tickets/{id}).
	searchCarriers: nameSearch(
		[{ recordType: pickTickets, names: ({ carrier }) => [carrier] }],
		['australia_post', 'dhl'],
	),
};
