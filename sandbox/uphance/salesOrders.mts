import { readFileSync } from 'node:fs';
import type { Organisation } from './accounts.mts';
import { channels } from './channels.mts';
import { buyers } from './customerNames.mts';
import type { Kind } from './recordType.mts';
import type { ListRoute, Query, Records } from './listRoute.mts';
import { pick } from './pickCyclic.mts';
import { day, money, timestamp } from './format.mts';
import type { SingleRoute } from './singleRoute.mts';
import { sizes, skuId, styles, variationId } from './styles.mts';
import type { Switches } from './switches.mts';

export type SalesOrder = Record<string, unknown>;

/** An order that POST made. */
export interface Created {
	organisation: number;
	order: SalesOrder;
	/** What was asked for, as it arrived. */
	body: unknown;
}

/** Orders 9005 and 9042, as on Uphance's page. */
const documented: SalesOrder[] = JSON.parse(
	readFileSync(new URL('./documented/salesOrders.json', import.meta.url), 'utf8'),
).sales_orders;
const documentedOrganisation = 9579;

const names = { path: '/sales_orders', one: 'sales_order', many: 'sales_orders' };
const wholesale = channels.filter(({ name }) => name === 'Wholesale');

/**
 * The orders of all organisations: documented, made up when asked for, or created. Each has a place in its
 * organisation's row, from which its id and number follow; a created one only takes a made-up one's place, so that
 * a million orders cost nothing, and orders that Control.setOrders adds come after it.
 */
export class SalesOrders {
	/** All that were created, in order. */
	readonly created: Created[] = [];
	/** By organisation and place. */
	private readonly createdAt = new Map<number, Map<number, SalesOrder>>();

	/** By organisation: where those are that append() put there, and when they came to be. */
	private readonly appended = new Map<number, Array<{ from: number; to: number; at: number }>>();

	constructor(private readonly switches: Switches) {}

	/** GET /sales_orders with the documented filters (uphance-api.md 4.1). */
	readonly list: ListRoute = {
		path: names.path,
		key: names.many,
		perPage: 100,
		find: (organisation, query) => this.find(organisation, query),
	};

	/** GET /sales_orders/:id */
	readonly one: SingleRoute = {
		...names,
		find: (organisation, id) => {
			const index = countUpTo(organisation, id) - 1;
			return index >= 0 && idAt(organisation, index) === id ? this.at(organisation, index) : undefined;
		},
	};

	get kind(): Kind {
		return {
			list: this.list,
			one: this.one,
			// Beyond the documented ones, which show what orders were like years ago.
			example: (organisation, turn) => this.at(organisation, documented.length + turn),
			filters: ['since_id', 'by_order_number', 'by_purchase_order_ref', 'by_shipment_number'],
			number: 'order_number',
		};
	}

	at(organisation: Organisation, index: number): SalesOrder {
		const order = this.special(organisation, index) ?? {
			...madeUp(organisation, index, this.switches),
			...this.placedNow(organisation, index),
		};
		const number = Number(order.order_number);
		return { ...order, order_number: this.switches.orderNumber === 'text' ? String(number) : number };
	}

	/** Puts an order at the end, under the next id and number. */
	add(organisation: Organisation, order: SalesOrder, body: unknown): SalesOrder {
		const index = organisation.orders;
		const own = this.createdAt.get(organisation.id) ?? new Map<number, SalesOrder>();
		this.createdAt.set(organisation.id, own);
		own.set(index, { id: idAt(organisation, index), ...order, order_number: numberAt(index) });
		organisation.orders += 1;
		const added = this.at(organisation, index);
		this.created.push({ organisation: organisation.id, order: added, body });
		return added;
	}

	/** Puts made-up orders at the end that are placed only now, so that nothing was invoiced or shipped yet. */
	append(organisation: Organisation, count: number): number[] {
		const from = organisation.orders;
		const own = this.appended.get(organisation.id) ?? [];
		this.appended.set(organisation.id, own);
		own.push({ from, to: from + count, at: Date.now() });
		organisation.orders += count;
		return Array.from({ length: count }, (_, index) => idAt(organisation, from + index));
	}

	/** Where appended orders are, from a place up to another. */
	appendedPlaces(organisation: Organisation): Array<{ from: number; to: number }> {
		return this.appended.get(organisation.id) ?? [];
	}

	/** The id of the order at a place. */
	idAt(organisation: Organisation, index: number): number {
		return idAt(organisation, index);
	}

	/** Places of the orders that were created. */
	createdPlaces(organisation: Organisation): number[] {
		const places = [...(this.createdAt.get(organisation.id)?.keys() ?? [])];
		return places.filter((index) => index < organisation.orders);
	}

	private find(organisation: Organisation, query: Query): Records {
		const skipped = countUpTo(organisation, Number(query.since_id ?? 0));
		const hits = this.hits(organisation, query)?.filter((index) => index >= skipped);
		if (hits) return { length: hits.length, at: (index) => this.at(organisation, hits[index] ?? 0) };
		return { length: organisation.orders - skipped, at: (index) => this.at(organisation, skipped + index) };
	}

	/** Places of the orders that a query for particular ones means; undefined for a query for all. */
	private hits(organisation: Organisation, query: Query): number[] | undefined {
		const { by_order_number: number, by_purchase_order_ref: reference, by_shipment_number: shipment } = query;
		const exists = (index: number) => Number.isInteger(index) && index >= 0 && index < organisation.orders;
		const sets = [
			number && [Number(number) - numberAt(0)].filter(exists),
			reference && this.withReference(organisation, reference).filter(exists),
			shipment &&
				[Number(shipment) - shipmentNumberAt(0)]
					.filter(exists)
					.filter(
						(index) => shipmentAt(index) === shipment && this.at(organisation, index).shipment_numbers === shipment,
					),
		].filter((set) => typeof set === 'object');
		return sets.length > 0 ? sets.reduce((all, set) => all.filter((index) => set.includes(index))) : undefined;
	}

	private withReference(organisation: Organisation, reference: string): number[] {
		if (this.switches.referenceFilter === 'contains') {
			const part = reference.toLowerCase();
			return Array.from({ length: organisation.orders }, (_, index) => index).filter((index) =>
				this.referenceOf(organisation, index).toLowerCase().includes(part),
			);
		}
		const made = Number(/^PO-(\d+)$/.exec(reference)?.[1] ?? NaN) - 1000;
		const candidates = new Set([...documented.keys(), made, ...this.createdPlaces(organisation)]);
		return [...candidates]
			.filter((index) => this.referenceOf(organisation, index) === reference)
			.sort((one, other) => one - other);
	}

	private referenceOf(organisation: Organisation, index: number): string {
		const special = this.special(organisation, index);
		return String((special ? special.purchase_order_ref : referenceAt(index)) ?? '');
	}

	/** What an appended order says otherwise than one made up long ago. */
	private placedNow(organisation: Organisation, index: number): SalesOrder {
		const own = this.appended.get(organisation.id)?.find(({ from, to }) => index >= from && index < to);
		if (!own) return {};
		const now = timestamp(own.at, this.switches);
		return {
			created_at: now,
			updated_at: now,
			submitted_at: isDraftAt(index) ? null : now,
			confirmed_at: isDraftAt(index) ? null : now,
			invoice_numbers: '',
			shipment_numbers: '',
			next_due_date: null,
			fulfillment_status: 'not_shipped',
			financial_status: 'not_paid',
			start_ship_date: day(own.at + 30 * 86_400_000),
			cancel_ship_date: day(own.at + 60 * 86_400_000),
		};
	}

	/** The order at a place that is not made up. */
	private special(organisation: Organisation, index: number): SalesOrder | undefined {
		const created = this.createdAt.get(organisation.id)?.get(index);
		return created ?? (organisation.id === documentedOrganisation ? documented[index] : undefined);
	}
}

/** Ids ascend with gaps, as in a database that many write to. */
function idAt(organisation: Organisation, index: number): number {
	if (organisation.id === documentedOrganisation) return [9005, 9042][index] ?? 9042 + (index - 1) * 3;
	return organisation.id * 1000 + index * 3;
}

/** Numbers follow from places, in all organisations alike. */
export const numberAt = (index: number) => 101 + index;
export const shipmentNumberAt = (index: number) => 40000 + index;

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

export const isShipped = (index: number) => index % 5 === 4;
const isDraftAt = (index: number) => index % 7 === 6;

/** Whether the made-up order at a place has an invoice; with that come a pick ticket and a payment. */
export const isInvoiced = (index: number) => isShipped(index) || !isDraftAt(index);

const shipmentAt = (index: number) => (isShipped(index) ? String(shipmentNumberAt(index)) : '');

/** When in the row of all orders the one at a place was created; shuffled by a step that meets every place of 100,003 once. */
const turns: Record<Switches['createdAt'], (index: number) => number> = {
	ascending: (index) => index,
	descending: (index) => 100_000 - index,
	shuffled: (index) => (index * 61_803) % 100_003,
};

function madeUp(organisation: Organisation, index: number, switches: Switches): SalesOrder {
	const id = idAt(organisation, index);
	const customer = pick(buyers, index);
	const channel = pick(wholesale, index);
	const lines = Array.from({ length: 1 + (index % 3) }, (_, line) => madeUpLine(id, index, line));
	const cents = lines.reduce((sum, line) => sum + line.cents, 0);
	const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
	const created = Date.UTC(2020, 0, 1, 8) + turns[switches.createdAt](index) * 30 * 60_000;
	const isDraft = isDraftAt(index);
	const isSent = isShipped(index);
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
		currency: channel.currency,
		proforma_number: null,
		proforma_date: null,
		order_number: numberAt(index),
		purchase_order_ref: referenceAt(index),
		invoice_numbers: isInvoiced(index) ? String(60000 + index) : '',
		shipment_numbers: shipmentAt(index),
		next_due_date: isInvoiced(index) ? day(created + 90 * 86_400_000) : null,
		company_name: customer.name,
		season_id: 8210,
		organisation_id: organisation.id,
		status: isDraft ? 'draft' : 'confirmed',
		channel_id: channel.id,
		channel_name: channel.name,
		company_id: customer.id,
		invoice_method: 'SHIPMENTS',
		warehouse_name: 'Primary warehouse',
		fulfillment_status: isSent ? 'shipped' : 'not_shipped',
		financial_status: isSent ? 'paid' : 'not_paid',
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
		variation_id: variationId(style, variation),
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
			sku_id: skuId(style, variation, position),
		})),
	};
	return { record, quantity, cents: style.cents * quantity };
}
