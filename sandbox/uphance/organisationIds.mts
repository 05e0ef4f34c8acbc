import type { FastifyInstance } from 'fastify';
import type { Switches } from './switches.mts';

/** Adds a hook that replaces `organisation_id` in every response, if the switch `organisationId` says so. */
export function changeOrganisationIds(app: FastifyInstance, { organisationId }: Switches): void {
	if (organisationId === 'organisation') return;
	app.addHook('onSend', async (_request, _reply, payload) => {
		if (typeof payload !== 'string') return payload;
		let id = 880_000;
		return payload.replace(/"organisation_id":\d+/g, () => {
			if (organisationId === 'record') id += 1;
			return `"organisation_id":${id}`;
		});
	});
}
