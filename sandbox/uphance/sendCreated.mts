import type { FastifyReply } from 'fastify';
import type { RecordKeys } from './singleRoute.mts';
import { wrapRecord } from './singleRoute.mts';
import type { Switches } from './switches.mts';

/** Answers a creation as the switches say: no page shows one. */
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
