import type { Organisation } from './accounts.mts';
import { getCustomerChannel } from './channels.mts';
import { customerCount, findCustomerIndex, getCustomerName, documentedCustomer } from './customerNames.mts';
import { getInvoiceId } from './invoices.mts';
import type { ListRoute } from './listRoute.mts';
import { pickCyclic } from './pickCyclic.mts';
import type { RecordType } from './recordType.mts';
import type { SalesOrder, SalesOrders } from './salesOrders.mts';
import { getOrderNumber } from './salesOrders.mts';
import type { SingleRoute } from './singleRoute.mts';

const recordKeys = { path: '/customers', singularKey: 'customer', listKey: 'customers' };

/** Serves `docs/uphance.openapi.yaml: GET /customers` and `GET /customers/{id}`. */
export const customerType = (orders: SalesOrders): RecordType => ({
	list: listRoute(orders),
	single: singleRoute(orders),
	makeTemplate: (organisation, sequence) => makeCustomer(organisation, sequence % customerCount, orders),
	filters: [],
});

const listRoute = (orders: SalesOrders): ListRoute => ({
	path: recordKeys.path,
	listKey: recordKeys.listKey,
	perPage: 100,
	find: (organisation) => ({
		length: customerCount,
		at: (index) => makeCustomer(organisation, index, orders),
	}),
});

const singleRoute = (orders: SalesOrders): SingleRoute => ({
	...recordKeys,
	find(organisation, id) {
		const index = findCustomerIndex(organisation, id);
		return index === undefined ? undefined : makeCustomer(organisation, index, orders);
	},
});

const towns = [
	{ country: 'GB', city: 'London', postcode: 'E2 7DP', line: 'Redchurch Street' },
	{ country: 'FR', city: 'Paris', postcode: '75003', line: 'rue de Turenne' },
	{ country: 'US', city: 'New York', postcode: '10012', line: 'Mercer Street' },
	{ country: 'NO', city: 'Tromsø', postcode: '9008', line: 'Storgata' },
	{ country: 'JP', city: '京都市', postcode: '604-8084', line: 'Sanjo-dori' },
];
const firstNames = ['Ada', 'Bram', 'Chloé', 'Daichi', 'Elin', 'Femi', 'Grace'];
const lastNames = ["O'Hara", 'Nguyen', 'Sørensen', 'García', 'Tanaka', 'Okafor', 'Lind', 'Moreau', 'Hughes'];

/** Builds a customer as documented. Uphance's page is cut off within `agents`, after the city. */
function makeCustomer(organisation: Organisation, index: number, orders: SalesOrders): Record<string, unknown> {
	const { id, name } = getCustomerName(organisation, index);
	const channel = getCustomerChannel(index);
	const town = pickCyclic(towns, index);
	const isBare = index % 11 === 10;
	const currency = channel?.currency ?? 'GBP';
	const { count, last } = summariseOrders(organisation, index, orders);
	return {
		id,
		name,
		company_type: 'customer',
		customer_type: 'wholesale',
		country: isBare ? '' : town.country,
		city: isBare ? null : town.city,
		vat_number: index % 3 === 0 ? `${town.country}${100_000_000 + id}` : '',
		channel_id: channel?.id ?? null,
		channel_name: channel?.name ?? null,
		currency,
		notes: index % 4 === 0 ? 'Calls before ordering' : '',
		reference: `C-${1000 + index}`,
		orders_count: count,
		last_order: last && {
			id: last.id,
			confirmed_at: last.confirmed_at,
			// Uphance's example orders are older than this field.
			status: last.status ?? 'confirmed',
			fulfillment_status: last.fulfillment_status,
			financial_status: last.financial_status,
		},
		...summariseAmounts(organisation, last, currency),
		people: isBare ? [] : makePeople(id, index),
		addresses: isBare ? [] : makeAddresses(id, index),
		agents:
			index % 2 === 0
				? [{ id: 4100, name: 'Mary Jones', email: 'mary.jones@example.com', phone: '', address: null, city: 'Leeds' }]
				: [],
	};
}

/** Returns the number of the customer's orders and the last one, or null. Generated orders cycle through the first customers. */
function summariseOrders(organisation: Organisation, index: number, orders: SalesOrders) {
	const { id } = getCustomerName(organisation, index);
	const { buyerCount } = orders.history;
	const created = orders.created.filter(
		({ organisation: at, order }) => at === organisation.id && order.company_id === id,
	);
	const isOwn = (ordinal: number) => ordinal % buyerCount === index;
	const replaced = orders.listCreatedOrdinals(organisation).filter(isOwn);
	const generatedCount = index < buyerCount ? Math.max(0, Math.ceil((organisation.orders - index) / buyerCount)) : 0;
	let ordinal = index + (generatedCount - 1) * buyerCount;
	while (replaced.includes(ordinal)) ordinal -= buyerCount;
	const lastGenerated = generatedCount > 0 && ordinal >= 0 ? orders.get(organisation, ordinal) : null;
	return { count: generatedCount - replaced.length + created.length, last: created.at(-1)?.order ?? lastGenerated };
}

/** Uses the last order only: summing over a million orders would make every page slow. */
function summariseAmounts(organisation: Organisation, last: SalesOrder | null, currency: string) {
	if (!last) return { outstanding_amounts: [{ amount: '0.0', currency }], purchase_amounts: [], invoices: [] };
	const { grand_total, total_quantity, subtotal, total_tax, invoice_numbers } = last;
	const isOpen = last.financial_status !== 'paid';
	const outstanding = isOpen ? grand_total : '0.0';
	return {
		outstanding_amounts: [{ amount: outstanding, currency: last.currency }],
		purchase_amounts: [{ amount: grand_total, quantity: total_quantity, currency: last.currency }],
		invoices: invoice_numbers
			? [
					{
						id: getInvoiceId(organisation, Number(last.order_number) - getOrderNumber(0)),
						subtotal,
						total_tax,
						grand_total,
						total_quantity,
						total_paid: isOpen ? '0.0' : grand_total,
						total_credited: '0.0',
						total_discounted: null,
						amount_outstanding: outstanding,
						invoice_currency: last.currency,
					},
				]
			: [],
	};
}

/** Returns buyer and default addresses, as documents have them, of the customer at an index of the list. */
export function getCustomerDetails(organisation: Organisation, index: number) {
	const { id } = getCustomerName(organisation, index);
	const contacts = makePeople(id, index).map(({ first_name, last_name, position, phone_1, phone_2, email, notes }) => {
		return { first_name, last_name, position, phone_1, phone_2, email, notes };
	});
	const addresses = makeAddresses(id, index).map(({ line_1, line_2, line_3, city, state, country, postcode }) => {
		return { line_1, line_2, line_3, city, state, country, postcode };
	});
	return { contact: contacts[0], shippingAddress: addresses[0], billingAddress: addresses.at(-1) };
}

/**
 * Returns one to three contacts. The first is buyer, shipping and billing contact. The documented customer has the
 * contact that Uphance's example of a new order refers to.
 */
function makePeople(id: number, index: number) {
	const firstId = id === documentedCustomer.id ? 51678 : id * 10 + 1;
	return Array.from({ length: 1 + (index % 3) }, (_, person) => {
		const first = pickCyclic(firstNames, index + person);
		const last = pickCyclic(lastNames, index + person * 2);
		const localPart = `${first}.${last}`.normalize('NFD').replace(/[^A-Za-z.]/g, '');
		return {
			id: firstId + person,
			customer_id: id,
			first_name: first,
			last_name: last,
			position: person === 0 ? 'Buyer' : null,
			phone_1: person === 0 ? `+44 20 7946 0${100 + index}` : '',
			phone_2: null,
			email: `${localPart.toLowerCase()}@customer${id}.example`,
			notes: '',
			buyer: person === 0,
			shipping: person === 0 || person === 1,
			billing: person === 0 || person === 2,
		};
	});
}

/** Returns one address for shipping and billing, or two of which the second is for billing. */
function makeAddresses(id: number, index: number) {
	const firstId = id === documentedCustomer.id ? 68207 : id * 10 + 1;
	const { country, city, postcode, line } = pickCyclic(towns, index);
	const count = 1 + (index % 2);
	return Array.from({ length: count }, (_, address) => ({
		id: firstId + address,
		customer_id: id,
		line_1: `${1 + index} ${line}`,
		line_2: address === 0 ? null : 'Accounts department',
		line_3: null,
		city,
		state: country === 'US' ? 'NY' : null,
		country,
		postcode,
		default_for_shipping: address === 0,
		default_for_billing: address === count - 1,
	}));
}
