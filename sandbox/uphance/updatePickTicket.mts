import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import type { Events } from './events.mts';
import { formatDecimal, formatTimestamp } from './format.mts';
import type { RecordStore } from './recordStore.mts';
import { sendNotFound, wrapRecord } from './singleRoute.mts';
import type { Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

type Item = Record<string, unknown>;

const path = '/pick_tickets';

interface Route {
	Params: { id: string };
	Querystring: Item;
	Body: unknown;
}

/**
 * Serves `docs/uphance.openapi.yaml: PUT /pick_tickets/{id}`, which reads its values from the query, and
 * `PUT /pick_tickets/{id}/ship`.
 */
export function serveUpdatePickTicket(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	store: RecordStore,
	events: Events,
): void {
	const updateTicket = async (
		reply: FastifyReply,
		organisation: Organisation | undefined,
		id: number,
		values: Item,
	) => {
		const ticket = organisation && store.update(path, organisation, id, values);
		if (!organisation || !ticket) return await sendNotFound(reply, switches);
		// Changes made through the API also trigger webhooks: a client of Uphance receives events about its own updates.
		events.notify('pick_ticket_update', organisation, id, ticket);
		return wrapRecord(switches, store.getType(path).single, ticket);
	};

	app.put<Route>(
		`${path}/:id`,
		withOrganisation<Route>(accounts, switches, async (organisation, { params, query, body }, reply) => {
			// In Rails the query wins over the body.
			const values = switches.putValues === 'both' && isObject(body) ? { ...body, ...query } : query;
			return await updateTicket(reply, organisation, Number(params.id), permittedValues(values));
		}),
	);

	app.put<Route>(
		`${path}/:id/ship`,
		withOrganisation<Route>(accounts, switches, async (organisation, { params }, reply) => {
			const now = formatTimestamp(Date.now(), switches);
			const id = Number(params.id);
			const ticket = organisation && store.find(path, organisation, id);
			if (ticket) {
				const shipped = { fulfillment_status: 'shipped', shipment_numbers: String(ticket.shipment_number) };
				store.update('/sales_orders', organisation, Number(ticket.order_id), shipped);
			}
			return await updateTicket(reply, organisation, id, { status: 'shipped', stock_adjusted_at: now });
		}),
	);
}

/**
 * Returns the four values that clients are known to send. Others are ignored, like parameters that Rails does not
 * permit.
 */
function permittedValues(values: Item): Item {
	const textFields = ['service', 'tracking_number', 'carrier'].filter((name) => name in values);
	return {
		...Object.fromEntries(textFields.map((name) => [name, values[name] === null ? null : String(values[name])])),
		// Text that is not a number becomes 0, as in Ruby.
		...('shipping_cost' in values && { shipping_cost: formatDecimal(Number(values.shipping_cost) || 0) }),
	};
}

const isObject = (value: unknown): value is Item =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
