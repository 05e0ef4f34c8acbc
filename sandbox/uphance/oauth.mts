import type { FastifyInstance } from 'fastify';
import type { Accounts, Token } from './accounts.mts';
import type { Switches } from './switches.mts';

interface TokenRequest {
	grant_type?: string;
	email?: string;
	password?: string;
	refresh_token?: string;
	expires_in?: number;
}

/** POST /oauth/token and /oauth/revoke_tokens (uphance-api.md 2.1, 2.2, 2.5; errors as Doorkeeper's, 2.8). */
export function serveSignIn(app: FastifyInstance, accounts: Accounts, switches: Switches): void {
	const answer = ({ accessToken, refreshToken, seconds }: Token) => ({
		access_token: accessToken,
		token_type: 'Bearer',
		expires_in: seconds,
		refresh_token: refreshToken,
		created_at: Math.floor(Date.now() / 1000),
	});
	const refused = (error: string) => ({ error, error_description: 'The provided authorization grant is invalid.' });

	app.post<{ Body: TokenRequest | undefined }>('/oauth/token', async ({ body = {} }, reply) => {
		if (body.grant_type === 'refresh_token') {
			const old = accounts.tokens.find(({ refreshToken }) => refreshToken === body.refresh_token);
			const user = accounts.user(old?.email);
			if (!old || !user || old.revoked || old.refreshUsed) {
				return await reply.code(switches.refusedSignIn).send(refused('invalid_grant'));
			}
			old.refreshUsed = switches.refreshRotates;
			old.revoked = switches.refreshRotates;
			return answer(accounts.issue(user, old.seconds));
		}
		if (body.grant_type !== 'password') return await reply.code(400).send(refused('unsupported_grant_type'));
		const user = accounts.user(body.email);
		if (!user || user.password !== body.password) {
			return await reply.code(switches.refusedSignIn).send(refused('invalid_grant'));
		}
		return answer(accounts.issue(user, body.expires_in ?? 604800));
	});

	app.post<{ Body: { revoke_all?: boolean; tokens?: string[] } | undefined }>(
		'/oauth/revoke_tokens',
		async ({ body = {}, headers }, reply) => {
			const own = accounts.good(headers.authorization);
			if (!own) return await unauthorized(reply);
			for (const token of accounts.tokens) {
				const listed = body.tokens?.includes(token.accessToken) ?? false;
				const meant = body.revoke_all ? token.email === own.email : body.tokens ? listed : token === own;
				if (meant) token.revoked = true;
			}
			return {};
		},
	);
}

/** An expired, revoked or unknown token: an empty body, the reason in a header, as Doorkeeper does. */
export const unauthorized = async (reply: import('fastify').FastifyReply) =>
	await reply
		.code(401)
		.header(
			'WWW-Authenticate',
			'Bearer realm="Doorkeeper", error="invalid_token", error_description="The access token is invalid"',
		)
		.send('');
