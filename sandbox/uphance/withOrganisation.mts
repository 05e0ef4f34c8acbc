import type { FastifyReply, FastifyRequest, RouteGenericInterface } from 'fastify';
import type { Accounts, Organisation } from './accounts.mts';
import { unauthorized } from './oauth.mts';
import type { Switches } from './switches.mts';

/** Asks `act` on behalf of the current organisation, if one was ever set; without a good token or a needed one, refuses. */
export const inOrganisation =
	<Route extends RouteGenericInterface>(
		accounts: Accounts,
		switches: Switches,
		act: (organisation: Organisation | undefined, request: FastifyRequest<Route>, reply: FastifyReply) => unknown,
	) =>
	async (request: FastifyRequest<Route>, reply: FastifyReply) => {
		const token = accounts.good(request.headers.authorization);
		if (!token) return await unauthorized(reply);
		const organisation = accounts.current(token);
		if (!organisation && switches.withoutOrganisation === 'forbidden') return await reply.code(403).send('');
		return await act(organisation, request, reply);
	};
