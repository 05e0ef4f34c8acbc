import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import { unauthorized } from './oauth.mts';

/** GET /organisations and POST /organisations/set_current_org (uphance-api.md 2.3, 2.4). */
export function serveOrganisations(app: FastifyInstance, accounts: Accounts): void {
	app.get('/organisations', async ({ headers }, reply) => {
		const token = accounts.good(headers.authorization);
		if (!token) return await unauthorized(reply);
		const own = accounts.user(token.email)?.organisations ?? [];
		const organisations = accounts.organisations.filter(({ id }) => own.includes(id));
		return { organisations: organisations.map(({ id, name }) => ({ id, name })) };
	});

	app.post<{ Body: { organizationId?: number | string } | undefined }>(
		'/organisations/set_current_org',
		async ({ body, headers }, reply) => {
			const token = accounts.good(headers.authorization);
			if (!token) return await unauthorized(reply);
			const id = Number(body?.organizationId);
			if (!accounts.user(token.email)?.organisations.includes(id)) {
				return await reply.code(422).send({ error: 'Organization not found' });
			}
			accounts.setCurrent(token, id);
			return await reply.code(201).send({ Status: 'Updated' });
		},
	);
}
