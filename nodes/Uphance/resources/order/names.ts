import { nameSearch } from '../../methods/nameSearch';
import type { ListSearch } from '../../operations/operation';
import { toRecords } from '../../output/values';
import { customerLookup } from '../customer/customer';
import { pickTicketLookup } from '../pickTicket/pickTicket';
import { orderLookup } from './order';

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
