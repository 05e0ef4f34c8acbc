import { readFileSync } from 'node:fs';
import type { Organisation } from './accounts.mts';
import type { ListRoute, Records } from './lists.mts';
import type { Switches } from './switches.mts';

type SalesOrder = Record<string, unknown>;

/** Orders 9005 and 9042, as on Uphance's page. */
const documented: SalesOrder[] = JSON.parse(
	readFileSync(new URL('./documented/salesOrders.json', import.meta.url), 'utf8'),
).sales_orders;
const documentedOrganisation = 9579;

const customers = [
	{ id: 9498, name: 'Barneys' },
	{ id: 9936, name: 'Closing , Ceremony' },
	{ id: 10012, name: 'Nordlys Butikk' },
	{ id: 10040, name: 'Maison Lumière' },
	{ id: 10077, name: 'Kōen Select' },
	{ id: 10103, name: 'Harbour & Sons' },
];
const styles = [
	{ id: 6409, name: 'Aamira', identifier: 'AW24-AAM', colors: ['RED', 'Navy'], cents: 4500 },
	{ id: 7056, name: 'Akeila', identifier: 'AW24-AKE', colors: ['Blue', 'Yellow', 'Sand'], cents: 1600 },
	{ id: 7055, name: 'Agrafina', identifier: 'AW24-AGR', colors: ['Antracite', 'Black'], cents: 6300 },
	{ id: 7054, name: 'Agnessa', identifier: 'AW24-AGN', colors: ['Yellowish', 'Green'], cents: 1560 },
];
const sizes = ['XS', 'S', 'M', 'L', 'XL'];

/** GET /sales_orders with the documented filters (uphance-api.md 4.1). */
export const salesOrders = (switches: Switches): ListRoute => ({
	path: '/sales_orders',
	key: 'sales_orders',
	perPage: 100,
	find(organisation, query) {
		const all: Records = {
			length: organisation.orders,
			at: (index) => salesOrder(organisation, index, switches),
		};
		const hit = (index: number | undefined): Records => {
			const found = index !== undefined && Number.isInteger(index) && index >= 0 && index < all.length;
			return { length: found ? 1 : 0, at: () => all.at(index ?? 0) };
		};
		if (query.by_order_number) return hit(Number(query.by_order_number) - 101);
		if (query.by_purchase_order_ref) return hit(indexOfReference(organisation, query.by_purchase_order_ref));
		if (query.by_shipment_number) return hit(indexOfShipment(Number(query.by_shipment_number)));
		const after = Number(query.since_id ?? 0);
		const skipped = countUpTo(organisation, after);
		return { length: all.length - skipped, at: (index) => all.at(skipped + index) };
	},
});

function salesOrder(organisation: Organisation, index: number, switches: Switches): SalesOrder {
	const original = organisation.id === documentedOrganisation ? documented[index] : undefined;
	const order = original ?? madeUp(organisation, index, switches);
	const number = Number(order.order_number);
	return { ...order, order_number: switches.orderNumber === 'text' ? String(number) : number };
}

/** Ids ascend with gaps, as in a database that many write to. */
function idAt(organisation: Organisation, index: number): number {
	if (organisation.id === documentedOrganisation) return [9005, 9042][index] ?? 9042 + (index - 1) * 3;
	return organisation.id * 1000 + index * 3;
}

function countUpTo(organisation: Organisation, id: number): number {
	let low = 0;
	let high = organisation.orders;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (idAt(organisation, middle) <= id) low = middle + 1;
		else high = middle;
	}
	return low;
}

const referenceAt = (index: number) => (index % 4 === 3 ? null : `PO-${1000 + index}`);

function indexOfReference(organisation: Organisation, reference: string): number | undefined {
	const isDocumented = organisation.id === documentedOrganisation;
	if (isDocumented && reference === 'PO234') return 0;
	const index = Number(/^PO-(\d+)$/.exec(reference)?.[1] ?? NaN) - 1000;
	return referenceAt(index) === reference && !(isDocumented && index < 2) ? index : undefined;
}

const shipmentAt = (index: number) => (index % 5 === 4 ? String(40000 + index) : '');

function indexOfShipment(shipment: number): number | undefined {
	return shipmentAt(shipment - 40000) === String(shipment) ? shipment - 40000 : undefined;
}

function madeUp(organisation: Organisation, index: number, switches: Switches): SalesOrder {
	const id = idAt(organisation, index);
	const customer = pick(customers, index);
	const lines = Array.from({ length: 1 + (index % 3) }, (_, line) => madeUpLine(id, index, line));
	const cents = lines.reduce((sum, line) => sum + line.cents, 0);
	const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
	const created = Date.UTC(2020, 0, 1, 8) + index * 30 * 60_000;
	const isDraft = index % 7 === 6;
	const isShipped = shipmentAt(index) !== '';
	return {
		id,
		created_at: timestamp(created, switches),
		updated_at: timestamp(created + 86_400_000, switches),
		items_total: money(cents),
		items_tax: '0.0',
		subtotal: money(cents),
		total_tax: '0.0',
		grand_total: money(cents),
		total_quantity: quantity,
		shipping_cost: '0.0',
		shipping_tax: '0.0',
		settlement_discount: '0.0',
		deposit_percentage: '0.0',
		custom_fields: [{ name: 'Priority', field_type: 'number', value: 0.0 }],
		start_ship_date: day(created + 30 * 86_400_000),
		cancel_ship_date: day(created + 60 * 86_400_000),
		submitted_at: isDraft ? null : timestamp(created + 3_600_000, switches),
		confirmed_at: isDraft ? null : timestamp(created + 7_200_000, switches),
		notes: index % 3 === 0 ? 'Deliver to the back door' : null,
		internal_notes: null,
		currency: pick(['GBP', 'EUR', 'USD'], index),
		proforma_number: null,
		proforma_date: null,
		order_number: 101 + index,
		purchase_order_ref: referenceAt(index),
		invoice_numbers: isShipped ? String(60000 + index) : '',
		shipment_numbers: shipmentAt(index),
		next_due_date: isShipped ? day(created + 90 * 86_400_000) : null,
		company_name: customer.name,
		season_id: 8210,
		organisation_id: organisation.id,
		status: isDraft ? 'draft' : 'confirmed',
		channel_id: 6933,
		channel_name: 'Wholesale',
		company_id: customer.id,
		invoice_method: 'SHIPMENTS',
		warehouse_name: 'Primary warehouse',
		fulfillment_status: isShipped ? 'shipped' : 'not_shipped',
		financial_status: isShipped ? 'paid' : 'not_paid',
		payment_term_name: 'Net 30',
		shipping_instructions: '',
		return_label: false,
		line_items: lines.map(({ record }) => record),
	};
}

function madeUpLine(orderId: number, index: number, line: number) {
	const style = pick(styles, index + line);
	const variation = (index >> 2) % style.colors.length;
	const quantities = sizes.map((_, size) => (index + line + size) % 6);
	const quantity = quantities.reduce((sum, each) => sum + each, 0);
	const record = {
		id: orderId * 10 + line,
		product_id: style.id,
		product_name: style.name,
		product_identifier: style.identifier,
		variation_id: style.id + 1200 + variation,
		color: pick(style.colors, variation),
		unit_tax: '0.0',
		tax_level: '0.0',
		unit_price: money(style.cents),
		original_price: money(style.cents),
		percentage_discount: '0.0',
		weight: '0.3',
		weight_unit: 'kg',
		country_of_origin: 'PT',
		intrastat_code: '61091000',
		bundle_line_item: false,
		line_quantities: sizes.map((size, position) => ({
			id: (orderId * 10 + line) * 10 + position,
			size,
			quantity: quantities[position],
			sku_id: style.id * 100 + variation * 10 + position,
		})),
	};
	return { record, quantity, cents: style.cents * quantity };
}

function pick<T>(list: T[], index: number): T {
	const value = list[index % list.length];
	if (value === undefined) throw new Error('an empty list');
	return value;
}

/** As Ruby prints a BigDecimal: "54.0", "56.76" (uphance-api.md 3.3). */
function money(cents: number): string {
	const text = (cents / 100).toFixed(2);
	return text.endsWith('0') ? text.slice(0, -1) : text;
}

const timestamp = (milliseconds: number, { timestamps }: Switches) =>
	new Date(milliseconds).toISOString().replace('Z', timestamps);

const day = (milliseconds: number) => new Date(milliseconds).toISOString().slice(0, 10);
