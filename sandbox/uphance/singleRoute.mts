import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { withOrganisation } from './withOrganisation.mts';
import type { Switches } from './switches.mts';

type Item = Record<string, unknown>;

/** The keys under which one record and several come. */
export interface RecordKeys {
	singularKey: string;
	listKey: string;
	/** What one record is known to come in; the singular unless said otherwise. */
	documentedEnvelope?: 'plural';
}

/** One record in the envelope that the switch says: no page shows it for orders, and Uphance's resources differ. */
export function wrapRecord(
	switches: Switches,
	{ singularKey, listKey, documentedEnvelope }: RecordKeys,
	record: Item,
): Item {
	const envelope = switches.single === 'documented' ? (documentedEnvelope ?? 'singular') : switches.single;
	if (envelope === 'bare') return record;
	if (envelope === 'list') return { [listKey]: [record] };
	return { [envelope === 'plural' ? listKey : singularKey]: record };
}

export interface SingleRoute extends RecordKeys {
	path: string;
	find(organisation: Organisation, id: number): Item | undefined;
}

/** GET <path>/:id; a record of another organisation is as unknown as one that does not exist. */
export function serveSingle(app: FastifyInstance, accounts: Accounts, switches: Switches, route: SingleRoute): void {
	app.get<{ Params: { id: string } }>(
		`${route.path}/:id`,
		withOrganisation<{ Params: { id: string } }>(accounts, switches, async (organisation, { params }, reply) => {
			const record = organisation && route.find(organisation, Number(params.id));
			if (record) return wrapRecord(switches, route, record);
			return await sendNotFound(reply, switches);
		}),
	);
}

export const sendNotFound = async (reply: FastifyReply, { notFoundBody }: Switches) =>
	await reply.code(404).send(notFoundBody === 'json' ? { error: 'Not found' } : '');
