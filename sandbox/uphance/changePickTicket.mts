import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Accounts } from './accounts.mts';
import { inOrganisation } from './inOrganisation.mts';
import type { PickTickets } from './pickTickets.mts';
import { decimal, timestamp } from './printed.mts';
import { sendNotFound, single } from './single.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

interface Route {
	Params: { id: string };
	Querystring: Item;
	Body: unknown;
}

/** PUT /pick_tickets/:id, which takes its values from the address, and PUT /pick_tickets/:id/ship (uphance-api.md 4.9). */
export function serveChangePickTicket(
	app: FastifyInstance,
	accounts: Accounts,
	switches: Switches,
	tickets: PickTickets,
): void {
	const answer = async (reply: FastifyReply, ticket: Item | undefined) =>
		ticket ? single(switches, tickets.row, ticket) : await sendNotFound(reply, switches);

	app.put<Route>(
		`${tickets.row.path}/:id`,
		inOrganisation<Route>(accounts, switches, async (organisation, { params, query, body }, reply) => {
			const now = timestamp(Date.now(), switches);
			// Rails lets the address win where both say something.
			const values = switches.putValues === 'both' && isObject(body) ? { ...body, ...query } : query;
			const changes = { ...valuesOf(values), updated_at: now };
			return await answer(reply, organisation && tickets.change(organisation, Number(params.id), changes));
		}),
	);

	app.put<Route>(
		`${tickets.row.path}/:id/ship`,
		inOrganisation<Route>(accounts, switches, async (organisation, { params }, reply) => {
			const now = timestamp(Date.now(), switches);
			const changes = { status: 'shipped', stock_adjusted_at: now, updated_at: now };
			return await answer(reply, organisation && tickets.change(organisation, Number(params.id), changes));
		}),
	);
}

/** The four values that anybody is known to send; all else is ignored, as Rails does with what it does not permit. */
function valuesOf(values: Item): Item {
	const texts = ['service', 'tracking_number', 'carrier'].filter((name) => name in values);
	return {
		...Object.fromEntries(texts.map((name) => [name, values[name] === null ? null : String(values[name])])),
		// What is no number becomes nought, as Ruby reads text as a decimal.
		...('shipping_cost' in values && { shipping_cost: decimal(Number(values.shipping_cost) || 0) }),
	};
}

const isObject = (value: unknown): value is Item =>
	typeof value === 'object' && value !== null && !Array.isArray(value);
