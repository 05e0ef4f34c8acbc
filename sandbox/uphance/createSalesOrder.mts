import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import { channels, getCustomerChannel } from './channels.mts';
import type { CustomerName } from './customerNames.mts';
import { findCustomerIndex, getCustomerName } from './customerNames.mts';
import { formatDecimal, formatMoney, formatTimestamp } from './format.mts';
import type { SalesOrder, SalesOrders } from './salesOrders.mts';
import { seasons } from './seasons.mts';
import { sendCreated } from './sendCreated.mts';
import { findSku } from './styles.mts';
import type { Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

type Body = Record<string, unknown>;

/**
 * Serves `docs/uphance.openapi.yaml: POST /sales_orders`. Only the request is documented, so switches decide the
 * response.
 */
export function serveCreateSalesOrder(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	orders: SalesOrders,
): void {
	// Above the ids of generated lines, which are derived from the id of their order.
	let lastLineId = 2_000_000_000;
	const nextLineId = () => (lastLineId += 1);

	app.post<{ Body: unknown }>(
		orders.listRoute.path,
		withOrganisation<{ Body: unknown }>(accounts, switches, async (organisation, { body }, reply) => {
			if (!isObject(body)) return await reply.code(400).send({ error: 'Bad Request' });
			if (!organisation) return await reply.code(422).send({ errors: { organisation: ['must exist'] } });

			const customerPosition = findCustomerIndex(organisation, body.customerId);
			const customer = customerPosition === undefined ? undefined : getCustomerName(organisation, customerPosition);
			const season = seasons.find(({ name }) => name === body.season_name);
			const channel = resolveChannel(body, customerPosition);
			const lines = parseLines(body);
			const isBlank = lines.length === 0 || lines.some(({ quantities }) => quantities.length === 0);
			const isValidStatus = ['draft', 'confirmed'].some((each) => each === (body.order_status ?? 'draft'));
			const isWithoutTerm = body.order_status === 'confirmed' && (body.paymentTerm ?? '') === '';
			const isLeftDraft = isWithoutTerm && switches.withoutPaymentTerm === 'draft';
			// Most missing fields are accepted: Uphance does not document which ones are required.
			const errors = {
				...(!customer && { customer: ['must exist'] }),
				...(!season && (body.season_name ?? null) !== null && { season: ['is not known'] }),
				...(!channel && { channel: ['is not known'] }),
				...(!isValidStatus && { order_status: ['is not included in the list'] }),
				...(isBlank && { line_items: ["can't be blank"] }),
				...(isWithoutTerm && switches.withoutPaymentTerm === 'refused' && { payment_term: ["can't be blank"] }),
			};
			if (!customer || !channel || Object.keys(errors).length > 0) {
				return await reply.code(422).send({ errors });
			}

			const accepted = isLeftDraft ? { ...body, order_status: 'draft' } : body;
			const order = makeOrder(
				accepted,
				{ organisation: organisation.id, customer, season, channel },
				switches,
				nextLineId,
			);
			const added = orders.add(organisation, order, body);
			return await sendCreated(reply, switches, orders.singleRoute, added);
		}),
	);
}

/**
 * Returns the channel with the requested name and currency. If several match, the customer's own channel wins, then the
 * first. Undefined if none matches.
 */
function resolveChannel(body: Body, customer: number | undefined) {
	const matches = channels.filter(
		({ name, currency }) => name === (body.channel_name ?? name) && currency === (body.channel_currency ?? currency),
	);
	const customerChannel = customer === undefined ? undefined : getCustomerChannel(customer);
	return matches.find((each) => each === customerChannel) ?? matches[0];
}

interface OrderReferences {
	organisation: number;
	customer: CustomerName;
	season: { id: number } | undefined;
	channel: { id: number; name: string; currency: string };
}

/**
 * Builds an order as in `docs/uphance.openapi.yaml: GET /sales_orders`, without id and number. Totals are sums of line
 * prices and taxes; the tax per unit is rounded to cents, as in Uphance's examples.
 */
function makeOrder(body: Body, references: OrderReferences, switches: Switches, nextLineId: () => number): SalesOrder {
	const now = formatTimestamp(Date.now(), switches);
	const isConfirmed = body.order_status === 'confirmed';
	const taxLevel = Number(body.tax_level ?? 0) || 0;
	const shipping = Math.round((Number(body.shipping_cost ?? 0) || 0) * 100);
	const lines = parseLines(body).map((line) => makeLine(line, references.organisation, taxLevel, nextLineId));
	const sum = (key: 'cents' | 'tax' | 'quantity') => lines.reduce((total, line) => total + line[key], 0);
	return {
		created_at: now,
		updated_at: now,
		items_total: formatMoney(sum('cents')),
		items_tax: formatMoney(sum('tax')),
		subtotal: formatMoney(sum('cents')),
		total_tax: formatMoney(sum('tax')),
		grand_total: formatMoney(sum('cents') + sum('tax') + shipping),
		total_quantity: sum('quantity'),
		shipping_cost: formatMoney(shipping),
		shipping_tax: '0.0',
		settlement_discount: '0.0',
		deposit_percentage: '0.0',
		custom_fields: [{ name: 'Priority', field_type: 'number', value: 0.0 }],
		start_ship_date: parseDate(body.startShipDate),
		cancel_ship_date: parseDate(body.endShipDate),
		submitted_at: isConfirmed ? now : null,
		confirmed_at: isConfirmed ? now : null,
		notes: toTextOrNull(body.notes),
		internal_notes: null,
		currency: references.channel.currency,
		proforma_number: null,
		proforma_date: null,
		purchase_order_ref: toTextOrNull(body.purchaseOrderRef),
		invoice_numbers: '',
		shipment_numbers: '',
		next_due_date: null,
		company_name: references.customer.name,
		season_id: references.season?.id ?? null,
		organisation_id: references.organisation,
		status: isConfirmed ? 'confirmed' : 'draft',
		channel_id: references.channel.id,
		channel_name: references.channel.name,
		company_id: references.customer.id,
		invoice_method: 'SHIPMENTS',
		warehouse_name: toTextOrNull(body.warehouse_name) ?? 'Primary warehouse',
		fulfillment_status: 'not_shipped',
		financial_status: 'not_paid',
		payment_term_name: toTextOrNull(body.paymentTerm),
		shipping_instructions: '',
		return_label: false,
		line_items: lines.map(({ record }) => record),
	};
}

interface RequestedLine {
	/** The line item as requested. */
	fields: Body;
	/** Its `line_quantities` that have a numeric quantity. */
	quantities: Body[];
}

function makeLine(
	{ fields, quantities }: RequestedLine,
	organisation: number,
	taxLevel: number,
	nextLineId: () => number,
) {
	// A line has one variation: the first known SKU decides it. Unknown ids are returned as requested.
	const skus = quantities.map(({ sku_id }) => findSku({ id: organisation }, sku_id));
	const sku = skus.find((each) => each !== undefined);
	const price = Math.round((Number(fields.unit_price ?? NaN) || 0) * 100);
	const cents = fields.unit_price === undefined ? (sku?.style.cents ?? 0) : price;
	const tax = Math.round((cents * taxLevel) / 100);
	const quantity = quantities.reduce((sum, each) => sum + Number(each.quantity), 0);
	const record = {
		id: nextLineId(),
		// Responses contain numbers only. How Uphance handles an unknown identifier is not documented.
		product_id: sku?.style.id ?? (typeof fields.product_id === 'number' ? fields.product_id : 77_600),
		product_name: sku?.style.name ?? String(fields.product_id),
		product_identifier: sku?.style.identifier ?? String(fields.product_id),
		variation_id: sku?.variationId ?? (typeof fields.variation_id === 'number' ? fields.variation_id : 163_700),
		color: sku?.color ?? '',
		unit_tax: formatMoney(tax),
		tax_level: formatDecimal(taxLevel),
		unit_price: formatMoney(cents),
		original_price: formatMoney(cents),
		percentage_discount: '0.0',
		weight: '0.3',
		weight_unit: 'kg',
		country_of_origin: 'PT',
		intrastat_code: '61091000',
		bundle_line_item: false,
		line_quantities: quantities.map(({ sku_id, quantity: skuQuantity }, position) => ({
			id: nextLineId(),
			size: skus[position]?.size ?? '',
			quantity: skuQuantity,
			sku_id,
		})),
	};
	return { record, quantity, cents: cents * quantity, tax: tax * quantity };
}

const parseLines = ({ line_items }: Body): RequestedLine[] =>
	filterObjects(line_items).map((fields) => ({
		fields,
		quantities: filterObjects(fields.line_quantities).filter(({ quantity }) => typeof quantity === 'number'),
	}));

const toTextOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

/** Returns the date of an ISO date or date and time, as a date column in Rails does; null for other values. */
const parseDate = (value: unknown) => /^\d{4}-\d{2}-\d{2}/.exec(String(value))?.[0] ?? null;

const filterObjects = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

const isObject = (value: unknown): value is Body =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
