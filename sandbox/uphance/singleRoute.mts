import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { inOrganisation } from './withOrganisation.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

/** The keys under which one record and several come. */
export interface Names {
	one: string;
	many: string;
	/** What one record is known to come in; the singular unless said otherwise. */
	documented?: 'plural';
}

/** One record in the envelope that the switch says: no page shows it for orders, and Uphance's resources differ. */
export function single(switches: Switches, { one, many, documented }: Names, record: Item): Item {
	const single = switches.single === 'documented' ? (documented ?? 'singular') : switches.single;
	if (single === 'bare') return record;
	if (single === 'list') return { [many]: [record] };
	return { [single === 'plural' ? many : one]: record };
}

export interface SingleRoute extends Names {
	path: string;
	find(organisation: Organisation, id: number): Item | undefined;
}

/** GET <path>/:id; a record of another organisation is as unknown as one that does not exist. */
export function serveSingle(app: FastifyInstance, accounts: Accounts, switches: Switches, route: SingleRoute): void {
	app.get<{ Params: { id: string } }>(
		`${route.path}/:id`,
		inOrganisation<{ Params: { id: string } }>(accounts, switches, async (organisation, { params }, reply) => {
			const record = organisation && route.find(organisation, Number(params.id));
			if (record) return single(switches, route, record);
			return await sendNotFound(reply, switches);
		}),
	);
}

export const sendNotFound = async (reply: FastifyReply, { notFoundBody }: Switches) =>
	await reply.code(404).send(notFoundBody === 'json' ? { error: 'Not found' } : '');
