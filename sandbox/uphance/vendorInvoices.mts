import type { Organisation } from './accounts.mts';
import { createdAt, midnight } from './dates.mts';
import { totals } from './lineItems.mts';
import type { ListRoute, Query } from './listRoute.mts';
import { timestamp } from './format.mts';
import {
	producedContents,
	productionOrderId,
	productionOrderNumber,
	productionPlaces,
	vendorOf,
} from './productionOrders.mts';
import { firstIds, recordId } from './recordIds.mts';
import { listOf } from './generatedRecords.mts';
import type { Switches } from './switches.mts';

type State = (typeof states)[number];
const states = ['open', 'overdue', 'closed'] as const;
const stateAt = (place: number): State => states[place % 3] ?? 'open';

/** So many that those listed unless asked for otherwise, open and overdue ones, are as many as of other kinds. */
const places = Array.from({ length: 345 }, (_, place) => place);

/** Those past the first for each production order are for its freight. */
const isFreight = (place: number) => place >= productionPlaces.length;
const orderedAt = (place: number) => place % productionPlaces.length;
const invoiceNumber = (place: number) => `VI-${2000 + place}`;

/** GET /vendor_invoices (uphance-api.md 4.15), the one list whose pages' size can be chosen. */
export const vendorInvoices = (switches: Switches): ListRoute => ({
	...listOf({
		path: '/vendor_invoices',
		one: 'vendor_invoice',
		many: 'vendor_invoices',
		firstId: firstIds.vendorInvoices,
		perPage: 100,
		places: () => places,
		at: (organisation, place) => vendorInvoice(organisation, place, switches),
		filters(organisation, query) {
			const text = query.by_q?.toLowerCase();
			const order = query.by_production_order_id;
			const wanted = statesWanted(query);
			return [
				(place) => wanted.includes(stateAt(place)),
				text ? (place) => textsOf(place).some((each) => each.toLowerCase().includes(text)) : undefined,
				order ? (place) => String(productionOrderId(organisation, orderedAt(place))) === order : undefined,
			];
		},
	}),
	choosesPerPage: true,
});

/** Open and overdue ones unless asked for otherwise; "all" means just these two as well. */
function statesWanted(query: Query): State[] {
	const asked = [query['by_invoice_state[]'] ?? []]
		.flat()
		.flatMap((each) => (each === 'all' ? ['open', 'overdue'] : each));
	const known = states.filter((each) => asked.includes(each));
	return known.length > 0 ? known : ['open', 'overdue'];
}

const textsOf = (place: number) => [
	invoiceNumber(place),
	String(productionOrderNumber(orderedAt(place))),
	vendorOf(orderedAt(place)).name,
];

function dueDate(place: number, switches: Switches): string | null {
	if (stateAt(place) !== 'open') return timestamp(midnight(createdAt(place, 45)), switches);
	return place % 2 === 0 ? null : timestamp(Date.UTC(2099, 0, 1), switches);
}

function vendorInvoice(organisation: Organisation, place: number, switches: Switches) {
	const id = recordId(firstIds.vendorInvoices, organisation, place);
	const ordered = orderedAt(place);
	const contents = isFreight(place) ? [] : producedContents(organisation, ordered);
	const sums = totals(contents);
	const vendor = vendorOf(ordered);
	const created = createdAt(place, 15);
	return {
		id,
		created_at: timestamp(created, switches),
		updated_at: timestamp(created + 3_600_000, switches),
		vendor_invoice_number: invoiceNumber(place),
		invoice_date: timestamp(midnight(created), switches),
		due_date: dueDate(place, switches),
		amount: isFreight(place) ? '120.0' : sums.grand_total,
		...sums,
		shipping_cost: '0.0',
		shipping_tax: '0.0',
		reference: place % 2 === 0 ? null : '',
		organisation_id: organisation.id,
		production_order_id: productionOrderId(organisation, ordered),
		company_id: place % 10 === 9 ? null : vendor.id,
		vendor_name: vendor.name,
		currency: 'EUR',
		order_number: productionOrderNumber(ordered),
		invoice_number: String(5000 + place),
		parent_type: 'ProductionOrder',
		parent_id: productionOrderId(organisation, ordered),
		tax_calc_method: 'SUB_TOTAL',
		tax_level: '0.0',
		tax_rate_id: null,
		as_charge: isFreight(place),
		freeform_description: isFreight(place) ? 'Freight' : '',
		freeform_amount: isFreight(place) ? '120.0' : null,
		freeform_currency: 'EUR',
	};
}
