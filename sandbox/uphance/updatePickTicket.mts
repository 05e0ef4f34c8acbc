import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import type { RecordStore } from './recordStore.mts';
import type { Events } from './events.mts';
import { withOrganisation } from './withOrganisation.mts';
import { formatDecimal, formatTimestamp } from './format.mts';
import { sendNotFound, wrapRecord } from './singleRoute.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

const path = '/pick_tickets';

interface Route {
	Params: { id: string };
	Querystring: Item;
	Body: unknown;
}

/** PUT /pick_tickets/:id, which takes its values from the address, and PUT /pick_tickets/:id/ship (uphance-api.md 4.9). */
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
		// Who changes a ticket by the API hears of it like everybody else (uphance-api.md 5.4).
		events.notify('pick_ticket_update', organisation, id, ticket);
		return wrapRecord(switches, store.getType(path).single, ticket);
	};

	app.put<Route>(
		`${path}/:id`,
		withOrganisation<Route>(accounts, switches, async (organisation, { params, query, body }, reply) => {
			// Rails lets the address win where both say something.
			const values = switches.putValues === 'both' && isObject(body) ? { ...body, ...query } : query;
			return await updateTicket(reply, organisation, Number(params.id), permittedValues(values));
		}),
	);

	app.put<Route>(
		`${path}/:id/ship`,
		withOrganisation<Route>(accounts, switches, async (organisation, { params }, reply) => {
			const now = formatTimestamp(Date.now(), switches);
			return await updateTicket(reply, organisation, Number(params.id), { status: 'shipped', stock_adjusted_at: now });
		}),
	);
}

/** The four values that anybody is known to send; all else is ignored, as Rails does with what it does not permit. */
function permittedValues(values: Item): Item {
	const textFields = ['service', 'tracking_number', 'carrier'].filter((name) => name in values);
	return {
		...Object.fromEntries(textFields.map((name) => [name, values[name] === null ? null : String(values[name])])),
		// What is no number becomes nought, as Ruby reads text as a decimal.
		...('shipping_cost' in values && { shipping_cost: formatDecimal(Number(values.shipping_cost) || 0) }),
	};
}

const isObject = (value: unknown): value is Item =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
