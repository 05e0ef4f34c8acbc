import type { FastifyReply, FastifyRequest, RouteGenericInterface } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { sendUnauthorized } from './oauth.mts';
import type { Switches } from './switches.mts';

/**
 * Returns a route handler that passes the current organisation to `handler`: undefined if none was set. Responds with
 * 401 without a valid token, and with 403 without an organisation if the switch `withoutOrganisation` is 'forbidden'.
 */
export const withOrganisation =
	<Route extends RouteGenericInterface>(
		accounts: Accounts,
		switches: Switches,
		handler: (organisation: Organisation | undefined, request: FastifyRequest<Route>, reply: FastifyReply) => unknown,
	) =>
	async (request: FastifyRequest<Route>, reply: FastifyReply) => {
		const token = accounts.findValidToken(request.headers.authorization);
		if (!token) return await sendUnauthorized(reply);
		const organisation = accounts.getCurrentOrganisation(token);
		if (!organisation && switches.withoutOrganisation === 'forbidden') return await reply.code(403).send('');
		return await handler(organisation, request, reply);
	};
