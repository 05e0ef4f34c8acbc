import type { Organisation } from './accounts.mts';
import { startOfDay } from './dates.mts';
import { formatTimestamp } from './format.mts';
import { toListRoute } from './generatedRecords.mts';
import type { History, VendorInvoiceStory } from './history.mts';
import { sumLines } from './lineItems.mts';
import type { ListRoute, Query } from './listRoute.mts';
import {
	makeProducedLines,
	getProductionOrderId,
	getProductionOrderNumber,
	productionOrdinals,
	getVendor,
} from './productionOrders.mts';
import { firstIds, getRecordId } from './recordIds.mts';
import type { Switches } from './switches.mts';

type State = VendorInvoiceStory['state'];
const states: State[] = ['open', 'overdue', 'closed'];

/** 345, of which 230 are open or overdue: the default list is as long as that of other types. */
const allOrdinals = Array.from({ length: 345 }, (_, ordinal) => ordinal);

/** The first invoice of each production order is for its goods; further ones are for freight. */
const isFreight = (ordinal: number) => ordinal >= productionOrdinals.length;
const toProductionOrdinal = (ordinal: number) => ordinal % productionOrdinals.length;
const getInvoiceNumber = (ordinal: number) => `VI-${2000 + ordinal}`;

/** The only list that accepts `per_page` (`docs/uphance.openapi.yaml: GET /vendor_invoices`). */
export const vendorInvoiceListRoute = (history: History, switches: Switches): ListRoute => ({
	...toListRoute({
		path: '/vendor_invoices',
		singularKey: 'vendor_invoice',
		listKey: 'vendor_invoices',
		firstId: firstIds.vendorInvoices,
		perPage: 100,
		listOrdinals: () => allOrdinals.filter((ordinal) => history.vendorInvoice(ordinal)),
		generate: (organisation, ordinal) => generateVendorInvoice(organisation, ordinal, history, switches),
		buildFilters(organisation, query) {
			const searchText = query.by_q?.toLowerCase();
			const productionOrder = query.by_production_order_id;
			const requestedStates = parseStates(query);
			return [
				(ordinal) => requestedStates.includes(history.vendorInvoice(ordinal)?.state ?? 'closed'),
				searchText
					? (ordinal) => getSearchTexts(ordinal).some((each) => each.toLowerCase().includes(searchText))
					: undefined,
				productionOrder
					? (ordinal) => String(getProductionOrderId(organisation, toProductionOrdinal(ordinal))) === productionOrder
					: undefined,
			];
		},
	}),
	supportsPerPage: true,
});

/** Returns the requested states; open and overdue by default. "all" means the same two. */
function parseStates(query: Query): State[] {
	const requestedStates = [query['by_invoice_state[]'] ?? []]
		.flat()
		.flatMap((each) => (each === 'all' ? ['open', 'overdue'] : each));
	const validStates = states.filter((each) => requestedStates.includes(each));
	return validStates.length > 0 ? validStates : ['open', 'overdue'];
}

const getSearchTexts = (ordinal: number) => [
	getInvoiceNumber(ordinal),
	String(getProductionOrderNumber(toProductionOrdinal(ordinal))),
	getVendor(toProductionOrdinal(ordinal)).name,
];

function generateVendorInvoice(organisation: Organisation, ordinal: number, history: History, switches: Switches) {
	const id = getRecordId(firstIds.vendorInvoices, organisation, ordinal);
	const productionOrdinal = toProductionOrdinal(ordinal);
	const lines = isFreight(ordinal) ? [] : makeProducedLines(organisation, productionOrdinal);
	const sums = sumLines(lines);
	const vendor = getVendor(productionOrdinal);
	const { at: created = 0, dueAt } = history.vendorInvoice(ordinal) ?? {};
	return {
		id,
		created_at: formatTimestamp(created, switches),
		updated_at: formatTimestamp(created + 3_600_000, switches),
		vendor_invoice_number: getInvoiceNumber(ordinal),
		invoice_date: formatTimestamp(startOfDay(created), switches),
		due_date: dueAt === undefined ? null : formatTimestamp(startOfDay(dueAt), switches),
		amount: isFreight(ordinal) ? '120.0' : sums.grand_total,
		...sums,
		shipping_cost: '0.0',
		shipping_tax: '0.0',
		reference: ordinal % 2 === 0 ? null : '',
		organisation_id: organisation.id,
		production_order_id: getProductionOrderId(organisation, productionOrdinal),
		company_id: history.hasGaps && ordinal % 10 === 9 ? null : vendor.id,
		vendor_name: vendor.name,
		currency: 'EUR',
		order_number: getProductionOrderNumber(productionOrdinal),
		invoice_number: String(5000 + ordinal),
		parent_type: 'ProductionOrder',
		parent_id: getProductionOrderId(organisation, productionOrdinal),
		tax_calc_method: 'SUB_TOTAL',
		tax_level: '0.0',
		tax_rate_id: null,
		as_charge: isFreight(ordinal),
		freeform_description: isFreight(ordinal) ? 'Freight' : '',
		freeform_amount: isFreight(ordinal) ? '120.0' : null,
		freeform_currency: 'EUR',
	};
}
