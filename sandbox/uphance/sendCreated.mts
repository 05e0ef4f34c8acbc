import type { FastifyReply } from 'fastify';
import type { RecordKeys } from './singleRoute.mts';
import { wrapRecord } from './singleRoute.mts';
import type { Switches } from './switches.mts';

/** Sends the response to a create request. Uphance does not document one, so switches decide status and body. */
export async function sendCreated(
	reply: FastifyReply,
	switches: Switches,
	keys: RecordKeys,
	record: Record<string, unknown>,
): Promise<FastifyReply> {
	const bodies = {
		record: wrapRecord(switches, keys, record),
		empty: '',
		status: { Status: 'Created' },
	};
	return await reply.code(switches.createdStatus).send(bodies[switches.createdAnswer]);
}
