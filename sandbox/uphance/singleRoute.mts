import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import type { Switches } from './switches.mts';
import { withOrganisation } from './withOrganisation.mts';

type Item = Record<string, unknown>;

/** The keys of a record type in responses. */
export interface RecordKeys {
	/** Key of a single record, e.g. "sales_order". */
	singularKey: string;
	/** Key of the list, e.g. "sales_orders". */
	listKey: string;
	/** Key under which Uphance is known to return a single record, if it is not `singularKey`. */
	documentedEnvelope?: 'plural';
}

/**
 * Puts a single record into the envelope that the switch `single` sets. The envelope of orders is not documented, and
 * Uphance's resources differ (`docs/uphance.openapi.yaml: GET /sales_orders/{id}`, `GET /returns/{id}`).
 */
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
	/** Returns undefined if the organisation has no such record. */
	find(organisation: Organisation, id: number): Item | undefined;
}

/** Serves GET <path>/:id. A record of another organisation is not found, like one that does not exist. */
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
	await reply.code(404).send(notFoundBodies[notFoundBody]);

const notFoundBodies: Record<Switches['notFoundBody'], unknown> = {
	empty: '',
	json: { error: 'Not found' },
	status: { status: 404, error: 'Not Found' },
};
