import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import { channels } from './channels.mts';
import { sendCreated } from './sendCreated.mts';
import type { CustomerName } from './customerNames.mts';
import { customerIndex, customerName } from './customerNames.mts';
import { channelOf } from './customers.mts';
import { inOrganisation } from './withOrganisation.mts';
import { decimal, money, timestamp } from './format.mts';
import type { SalesOrder, SalesOrders } from './salesOrders.mts';
import { seasons } from './seasons.mts';
import { skuOf } from './styles.mts';
import type { Switches } from './switches.mts';

type Body = Record<string, unknown>;

/** POST /sales_orders (uphance-api.md 4.1): only the request is documented, hence the switches for the answer. */
export function serveCreateSalesOrder(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	orders: SalesOrders,
): void {
	// Ids of lines are far above those of made-up lines, which follow from the id of their order.
	let lastLineId = 2_000_000_000;
	const nextLineId = () => (lastLineId += 1);

	app.post<{ Body: unknown }>(
		orders.list.path,
		inOrganisation<{ Body: unknown }>(accounts, switches, async (organisation, { body }, reply) => {
			if (!isObject(body)) return await reply.code(400).send({ error: 'Bad Request' });
			if (!organisation) return await reply.code(422).send({ errors: { organisation: ['must exist'] } });

			const at = customerIndex(organisation, body.customerId);
			const customer = at === undefined ? undefined : customerName(organisation, at);
			const season = seasons.find(({ name }) => name === body.season_name);
			const channel = channelFor(body, at);
			const lines = linesOf(body);
			const isBlank = lines.length === 0 || lines.some(({ quantities }) => quantities.length === 0);
			const isStatus = ['draft', 'confirmed'].some((each) => each === (body.order_status ?? 'draft'));
			// What was not given at all is mostly no mistake: no page says what is required.
			const mistakes = {
				...(!customer && { customer: ['must exist'] }),
				...(!season && (body.season_name ?? null) !== null && { season: ['is not known'] }),
				...(!channel && { channel: ['is not known'] }),
				...(!isStatus && { order_status: ['is not included in the list'] }),
				...(isBlank && { line_items: ["can't be blank"] }),
			};
			if (!customer || !channel || Object.keys(mistakes).length > 0) {
				return await reply.code(422).send({ errors: mistakes });
			}

			const order = newOrder(body, { organisation: organisation.id, customer, season, channel }, switches, nextLineId);
			const added = orders.add(organisation, order, body);
			return await sendCreated(reply, switches, orders.one, added);
		}),
	);
}

/** The channel named; where that leaves a choice, or nothing is named, the customer's own if it is among them. */
function channelFor(body: Body, customer: number | undefined) {
	const named = channels.filter(
		({ name, currency }) => name === (body.channel_name ?? name) && currency === (body.channel_currency ?? currency),
	);
	const own = customer === undefined ? undefined : channelOf(customer);
	return named.find((each) => each === own) ?? named[0];
}

interface Ordered {
	organisation: number;
	customer: CustomerName;
	season: { id: number } | undefined;
	channel: { id: number; name: string; currency: string };
}

/** An order in the shape that the list has, without id and number; the arithmetic is that of uphance-api.md 3.4. */
function newOrder(body: Body, ordered: Ordered, switches: Switches, nextLineId: () => number): SalesOrder {
	const now = timestamp(Date.now(), switches);
	const isConfirmed = body.order_status === 'confirmed';
	const taxLevel = Number(body.tax_level ?? 0) || 0;
	const shipping = Math.round((Number(body.shipping_cost ?? 0) || 0) * 100);
	const lines = linesOf(body).map((line) => newLine(line, ordered.organisation, taxLevel, nextLineId));
	const sum = (key: 'cents' | 'tax' | 'quantity') => lines.reduce((total, line) => total + line[key], 0);
	return {
		created_at: now,
		updated_at: now,
		items_total: money(sum('cents')),
		items_tax: money(sum('tax')),
		subtotal: money(sum('cents')),
		total_tax: money(sum('tax')),
		grand_total: money(sum('cents') + sum('tax') + shipping),
		total_quantity: sum('quantity'),
		shipping_cost: money(shipping),
		shipping_tax: '0.0',
		settlement_discount: '0.0',
		deposit_percentage: '0.0',
		custom_fields: [{ name: 'Priority', field_type: 'number', value: 0.0 }],
		start_ship_date: dayOf(body.startShipDate),
		cancel_ship_date: dayOf(body.endShipDate),
		submitted_at: isConfirmed ? now : null,
		confirmed_at: isConfirmed ? now : null,
		notes: textOf(body.notes),
		internal_notes: null,
		currency: ordered.channel.currency,
		proforma_number: null,
		proforma_date: null,
		purchase_order_ref: textOf(body.purchaseOrderRef),
		invoice_numbers: '',
		shipment_numbers: '',
		next_due_date: null,
		company_name: ordered.customer.name,
		season_id: ordered.season?.id ?? null,
		organisation_id: ordered.organisation,
		status: isConfirmed ? 'confirmed' : 'draft',
		channel_id: ordered.channel.id,
		channel_name: ordered.channel.name,
		company_id: ordered.customer.id,
		invoice_method: 'SHIPMENTS',
		warehouse_name: textOf(body.warehouse_name) ?? 'Primary warehouse',
		fulfillment_status: 'not_shipped',
		financial_status: 'not_paid',
		payment_term_name: textOf(body.paymentTerm),
		shipping_instructions: '',
		return_label: false,
		line_items: lines.map(({ record }) => record),
	};
}

interface Line {
	asked: Body;
	quantities: Body[];
}

function newLine({ asked, quantities }: Line, organisation: number, taxLevel: number, nextLineId: () => number) {
	// A line is of one variation: its first known sku tells of which. Of what is not known, the ids come back.
	const skus = quantities.map(({ sku_id }) => skuOf({ id: organisation }, sku_id));
	const known = skus.find((sku) => sku !== undefined);
	const price = Math.round((Number(asked.unit_price ?? NaN) || 0) * 100);
	const cents = asked.unit_price === undefined ? (known?.style.cents ?? 0) : price;
	const tax = Math.round((cents * taxLevel) / 100);
	const quantity = quantities.reduce((sum, each) => sum + Number(each.quantity), 0);
	const record = {
		id: nextLineId(),
		// Answers show numbers only; what Uphance makes of an identifier that it does not know is unknown.
		product_id: known?.style.id ?? (typeof asked.product_id === 'number' ? asked.product_id : 77_600),
		product_name: known?.style.name ?? String(asked.product_id),
		product_identifier: known?.style.identifier ?? String(asked.product_id),
		variation_id: known?.variationId ?? (typeof asked.variation_id === 'number' ? asked.variation_id : 163_700),
		color: known?.color ?? '',
		unit_tax: money(tax),
		tax_level: decimal(taxLevel),
		unit_price: money(cents),
		original_price: money(cents),
		percentage_discount: '0.0',
		weight: '0.3',
		weight_unit: 'kg',
		country_of_origin: 'PT',
		intrastat_code: '61091000',
		bundle_line_item: false,
		line_quantities: quantities.map(({ sku_id, quantity: pieces }, position) => ({
			id: nextLineId(),
			size: skus[position]?.size ?? '',
			quantity: pieces,
			sku_id,
		})),
	};
	return { record, quantity, cents: cents * quantity, tax: tax * quantity };
}

const linesOf = ({ line_items }: Body): Line[] =>
	objectsIn(line_items).map((asked) => ({
		asked,
		quantities: objectsIn(asked.line_quantities).filter(({ quantity }) => typeof quantity === 'number'),
	}));

const textOf = (value: unknown) => (typeof value === 'string' ? value : null);

/** As a date column of Rails reads text: the day of an ISO date with or without time, else nothing. */
const dayOf = (value: unknown) => /^\d{4}-\d{2}-\d{2}/.exec(String(value))?.[0] ?? null;

const objectsIn = (value: unknown) => (Array.isArray(value) ? value.filter(isObject) : []);

const isObject = (value: unknown): value is Body =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
