import { readFileSync } from 'node:fs';
import type { Organisation } from './accounts.mts';
import { getCustomerName } from './customerNames.mts';
import { dayMs } from './dates.mts';
import { formatDate, formatMoney, formatTimestamp } from './format.mts';
import type { History } from './history.mts';
import type { ListRoute, Query, Records } from './listRoute.mts';
import { pickCyclic } from './pickCyclic.mts';
import type { RecordType } from './recordType.mts';
import type { SingleRoute } from './singleRoute.mts';
import type { Style } from './styles.mts';
import { sizes, getSkuId, getVariationId } from './styles.mts';
import type { Switches } from './switches.mts';

export type SalesOrder = Record<string, unknown>;

/** An order that was created with POST. */
export interface CreatedOrder {
	organisation: number;
	order: SalesOrder;
	/** The request body. */
	body: unknown;
}

/** Orders 9005 and 9042, the examples on Uphance's help page. */
const documentedOrders: SalesOrder[] = JSON.parse(
	readFileSync(new URL('./documented/salesOrders.json', import.meta.url), 'utf8'),
).sales_orders;
const documentedOrganisation = 9579;

const recordKeys = { path: '/sales_orders', singularKey: 'sales_order', listKey: 'sales_orders' };

/**
 * The sales orders of all organisations: Uphance's examples, generated ones, and ones created since the start. The id
 * and number of an order are computed from its ordinal. Only examples and created orders are stored, so that a million
 * orders need no memory; a created order replaces the generated one with its ordinal.
 */
export class SalesOrders {
	/** Created orders, oldest first. */
	readonly created: CreatedOrder[] = [];
	/** By organisation id, then by ordinal. */
	private readonly createdByOrdinal = new Map<number, Map<number, SalesOrder>>();

	/** By organisation id: the ranges of ordinals that append() added, and when (Unix milliseconds). */
	private readonly appended = new Map<number, Array<{ from: number; to: number; at: number }>>();

	constructor(
		private readonly switches: Switches,
		readonly history: History,
	) {}

	/** `docs/uphance.openapi.yaml: GET /sales_orders` with the documented filters. */
	readonly listRoute: ListRoute = {
		path: recordKeys.path,
		listKey: recordKeys.listKey,
		perPage: 100,
		find: (organisation, query) => this.find(organisation, query),
	};

	/** `docs/uphance.openapi.yaml: GET /sales_orders/{id}` */
	readonly singleRoute: SingleRoute = {
		...recordKeys,
		find: (organisation, id) => {
			const ordinal = countUpToId(organisation, id) - 1;
			return ordinal >= 0 && getOrderId(organisation, ordinal) === id ? this.get(organisation, ordinal) : undefined;
		},
	};

	get type(): RecordType {
		return {
			list: this.listRoute,
			single: this.singleRoute,
			// Skips Uphance's examples, which have the fields of orders from years ago.
			makeTemplate: (organisation, sequence) => this.get(organisation, documentedOrders.length + sequence),
			filters: ['since_id', 'by_order_number', 'by_purchase_order_ref', 'by_shipment_number'],
			numberField: 'order_number',
		};
	}

	/** Returns the order with an ordinal: stored or generated. */
	get(organisation: Organisation, ordinal: number): SalesOrder {
		const order = this.getStored(organisation, ordinal) ?? {
			...generateOrder(organisation, ordinal, this.history, this.switches),
			...this.getAppendedFields(organisation, ordinal),
		};
		const number = Number(order.order_number);
		return { ...order, order_number: this.switches.orderNumber === 'text' ? String(number) : number };
	}

	/** Stores a created order at the end, with the next id and number. */
	add(organisation: Organisation, order: SalesOrder, body: unknown): SalesOrder {
		const ordinal = organisation.orders;
		const orders = this.createdByOrdinal.get(organisation.id) ?? new Map<number, SalesOrder>();
		this.createdByOrdinal.set(organisation.id, orders);
		orders.set(ordinal, { id: getOrderId(organisation, ordinal), ...order, order_number: getOrderNumber(ordinal) });
		organisation.orders += 1;
		const added = this.get(organisation, ordinal);
		this.created.push({ organisation: organisation.id, order: added, body });
		return added;
	}

	/** Adds generated orders at the end that were created now and are not invoiced or shipped. @returns their ids */
	append(organisation: Organisation, count: number): number[] {
		const from = organisation.orders;
		const ranges = this.appended.get(organisation.id) ?? [];
		this.appended.set(organisation.id, ranges);
		ranges.push({ from, to: from + count, at: Date.now() });
		organisation.orders += count;
		return Array.from({ length: count }, (_, index) => getOrderId(organisation, from + index));
	}

	/** Returns the ranges of ordinals that append() added; `to` is exclusive. */
	listAppendedRanges(organisation: Organisation): Array<{ from: number; to: number }> {
		return this.appended.get(organisation.id) ?? [];
	}

	/** Returns the id of the order with an ordinal. */
	getId(organisation: Organisation, ordinal: number): number {
		return getOrderId(organisation, ordinal);
	}

	/** Returns the ordinals of created orders. */
	listCreatedOrdinals(organisation: Organisation): number[] {
		const ordinals = [...(this.createdByOrdinal.get(organisation.id)?.keys() ?? [])];
		return ordinals.filter((ordinal) => ordinal < organisation.orders);
	}

	private find(organisation: Organisation, query: Query): Records {
		const skipped = countUpToId(organisation, Number(query.since_id ?? 0));
		const ordinals = this.findOrdinals(organisation, query)?.filter((index) => index >= skipped);
		if (ordinals) return { length: ordinals.length, at: (index) => this.get(organisation, ordinals[index] ?? 0) };
		return { length: organisation.orders - skipped, at: (index) => this.get(organisation, skipped + index) };
	}

	/**
	 * Returns the ordinals that match the filters by number, reference and shipment; undefined if the query has none.
	 */
	private findOrdinals(organisation: Organisation, query: Query): number[] | undefined {
		const { by_order_number: number, by_purchase_order_ref: reference, by_shipment_number: shipment } = query;
		const exists = (ordinal: number) => Number.isInteger(ordinal) && ordinal >= 0 && ordinal < organisation.orders;
		const sets = [
			number && [Number(number) - getOrderNumber(0)].filter(exists),
			reference && this.findByReference(organisation, reference).filter(exists),
			shipment &&
				[Number(shipment) - getShipmentNumber(0)]
					.filter(exists)
					.filter((ordinal) => this.get(organisation, ordinal).shipment_numbers === shipment),
		].filter((set) => typeof set === 'object');
		return sets.length > 0 ? sets.reduce((all, set) => all.filter((ordinal) => set.includes(ordinal))) : undefined;
	}

	private findByReference(organisation: Organisation, reference: string): number[] {
		if (this.switches.referenceFilter === 'contains') {
			const part = reference.toLowerCase();
			return Array.from({ length: organisation.orders }, (_, ordinal) => ordinal).filter((ordinal) =>
				this.getReference(organisation, ordinal).toLowerCase().includes(part),
			);
		}
		const generatedOrdinal = Number(/^PO-(\d+)$/.exec(reference)?.[1] ?? NaN) - 1000;
		const candidates = new Set([
			...documentedOrders.keys(),
			generatedOrdinal,
			...this.listCreatedOrdinals(organisation),
		]);
		return [...candidates]
			.filter((ordinal) => this.getReference(organisation, ordinal) === reference)
			.sort((one, other) => one - other);
	}

	private getReference(organisation: Organisation, ordinal: number): string {
		const stored = this.getStored(organisation, ordinal);
		return String((stored ? stored.purchase_order_ref : generateReference(ordinal)) ?? '');
	}

	/** Returns the fields in which an appended order differs from a generated one; {} for any other order. */
	private getAppendedFields(organisation: Organisation, ordinal: number): SalesOrder {
		const range = this.appended.get(organisation.id)?.find(({ from, to }) => ordinal >= from && ordinal < to);
		if (!range) return {};
		const now = formatTimestamp(range.at, this.switches);
		const { isDraft } = this.history.order(organisation, ordinal);
		return {
			created_at: now,
			updated_at: now,
			submitted_at: isDraft ? null : now,
			confirmed_at: isDraft ? null : now,
			invoice_numbers: '',
			shipment_numbers: '',
			next_due_date: null,
			fulfillment_status: 'not_shipped',
			financial_status: 'not_paid',
			start_ship_date: formatDate(range.at + 30 * dayMs),
			cancel_ship_date: formatDate(range.at + 60 * dayMs),
		};
	}

	/** Returns the created or documented order with an ordinal; undefined if it is generated. */
	private getStored(organisation: Organisation, ordinal: number): SalesOrder | undefined {
		const created = this.createdByOrdinal.get(organisation.id)?.get(ordinal);
		const isDocumented = this.history.hasDocumentedOrders && organisation.id === documentedOrganisation;
		return created ?? (isDocumented ? documentedOrders[ordinal] : undefined);
	}
}

/** Ids ascend with gaps, as in a database shared by many organisations. */
function getOrderId(organisation: Organisation, ordinal: number): number {
	if (organisation.id === documentedOrganisation) return [9005, 9042][ordinal] ?? 9042 + (ordinal - 1) * 3;
	return organisation.id * 1000 + ordinal * 3;
}

/** Numbers are the same in all organisations. */
export const getOrderNumber = (ordinal: number) => 101 + ordinal;
export const getShipmentNumber = (ordinal: number) => 40000 + ordinal;

function countUpToId(organisation: Organisation, id: number): number {
	let low = 0;
	let high = organisation.orders;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (getOrderId(organisation, middle) <= id) low = middle + 1;
		else high = middle;
	}
	return low;
}

const generateReference = (ordinal: number) => (ordinal % 4 === 3 ? null : `PO-${1000 + ordinal}`);

function generateOrder(organisation: Organisation, ordinal: number, history: History, switches: Switches): SalesOrder {
	const id = getOrderId(organisation, ordinal);
	const story = history.order(organisation, ordinal);
	const created = story.createdAt;
	const customerIndex = ordinal % history.buyerCount;
	const customer = getCustomerName(organisation, customerIndex);
	const channel = history.channelOf(customerIndex);
	const styles = history.stylesOf(organisation);
	const lines = Array.from({ length: 1 + (ordinal % 3) }, (_, line) => generateLine(id, ordinal, line, styles));
	const cents = lines.reduce((sum, line) => sum + line.cents, 0);
	const quantity = lines.reduce((sum, line) => sum + line.quantity, 0);
	return {
		id,
		created_at: formatTimestamp(created, switches),
		updated_at: formatTimestamp(story.updatedAt, switches),
		items_total: formatMoney(cents),
		items_tax: '0.0',
		subtotal: formatMoney(cents),
		total_tax: '0.0',
		grand_total: formatMoney(cents),
		total_quantity: quantity,
		shipping_cost: '0.0',
		shipping_tax: '0.0',
		settlement_discount: '0.0',
		deposit_percentage: '0.0',
		custom_fields: [{ name: 'Priority', field_type: 'number', value: 0.0 }],
		start_ship_date: formatDate(story.startShipAt),
		cancel_ship_date: formatDate(story.cancelShipAt),
		submitted_at: story.isDraft ? null : formatTimestamp(created + 3_600_000, switches),
		confirmed_at: story.isDraft ? null : formatTimestamp(created + 7_200_000, switches),
		notes: ordinal % 3 === 0 ? 'Deliver to the back door' : null,
		internal_notes: null,
		currency: channel.currency,
		proforma_number: null,
		proforma_date: null,
		order_number: getOrderNumber(ordinal),
		purchase_order_ref: generateReference(ordinal),
		invoice_numbers: story.invoicedAt ? String(60000 + ordinal) : '',
		shipment_numbers: story.shippedAt ? String(getShipmentNumber(ordinal)) : '',
		next_due_date: story.invoicedAt ? formatDate(story.dueAt) : null,
		company_name: customer.name,
		season_id: 8210,
		organisation_id: organisation.id,
		status: story.isDraft ? 'draft' : 'confirmed',
		channel_id: channel.id,
		channel_name: channel.name,
		company_id: customer.id,
		invoice_method: 'SHIPMENTS',
		warehouse_name: history.warehouseOf(ordinal),
		fulfillment_status: story.shippedAt ? 'shipped' : 'not_shipped',
		financial_status: story.isPaid ? 'paid' : 'not_paid',
		payment_term_name: 'Net 30',
		shipping_instructions: '',
		return_label: false,
		line_items: lines.map(({ record }) => record),
	};
}

function generateLine(orderId: number, ordinal: number, line: number, styles: Style[]) {
	const style = pickCyclic(styles, ordinal + line);
	const variation = (ordinal >> 2) % style.colors.length;
	const quantities = sizes.map((_, size) => (ordinal + line + size) % 6);
	const quantity = quantities.reduce((sum, each) => sum + each, 0);
	const record = {
		id: orderId * 10 + line,
		product_id: style.id,
		product_name: style.name,
		product_identifier: style.identifier,
		variation_id: getVariationId(style, variation),
		color: pickCyclic(style.colors, variation),
		unit_tax: '0.0',
		tax_level: '0.0',
		unit_price: formatMoney(style.cents),
		original_price: formatMoney(style.cents),
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
			sku_id: getSkuId(style, variation, position),
		})),
	};
	return { record, quantity, cents: style.cents * quantity };
}
