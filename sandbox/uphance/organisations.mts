import type { FastifyInstance } from 'fastify';
import type { Accounts } from './accounts.mts';
import { sendUnauthorized } from './oauth.mts';

/** Serves `docs/uphance.openapi.yaml: GET /organisations` and `POST /organisations/set_current_org`. */
export function serveOrganisations(app: FastifyInstance, accounts: Accounts): void {
	app.get('/organisations', async ({ headers }, reply) => {
		const token = accounts.findValidToken(headers.authorization);
		if (!token) return await sendUnauthorized(reply);
		const memberOf = accounts.findUser(token.email)?.organisations ?? [];
		const organisations = accounts.organisations.filter(({ id }) => memberOf.includes(id));
		return { organisations: organisations.map(({ id, name }) => ({ id, name })) };
	});

	app.post<{ Body: { organizationId?: number | string } | undefined }>(
		'/organisations/set_current_org',
		async ({ body, headers }, reply) => {
			const token = accounts.findValidToken(headers.authorization);
			if (!token) return await sendUnauthorized(reply);
			const id = Number(body?.organizationId);
			if (!accounts.findUser(token.email)?.organisations.includes(id)) {
				return await reply.code(422).send({ error: 'Organization not found' });
			}
			accounts.setCurrentOrganisation(token, id);
			return await reply.code(201).send({ Status: 'Updated' });
		},
	);
}
