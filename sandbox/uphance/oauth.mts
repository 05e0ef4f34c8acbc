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

/**
 * Serves `docs/uphance.openapi.yaml: POST /oauth/token` and `POST /oauth/revoke_tokens`. Errors are those of
 * Doorkeeper, the OAuth library that Uphance's responses look like.
 */
export function serveOauth(app: FastifyInstance, accounts: Accounts, switches: Switches): void {
	const toTokenResponse = ({ accessToken, refreshToken, expiresInSeconds }: Token) => ({
		access_token: accessToken,
		token_type: 'Bearer',
		expires_in: expiresInSeconds,
		refresh_token: refreshToken,
		created_at: Math.floor(Date.now() / 1000),
	});
	const toGrantError = (error: string) => ({
		error,
		error_description: 'The provided authorization grant is invalid.',
	});

	app.post<{ Body: TokenRequest | undefined }>('/oauth/token', async ({ body = {} }, reply) => {
		if (body.grant_type === 'refresh_token') {
			const previous = accounts.tokens.find(({ refreshToken }) => refreshToken === body.refresh_token);
			const user = accounts.findUser(previous?.email);
			if (!previous || !user || previous.revoked || previous.refreshUsed) {
				return await reply.code(switches.refusedSignIn).send(toGrantError('invalid_grant'));
			}
			previous.refreshUsed = switches.refreshRotates;
			previous.revoked = switches.refreshRotates;
			return toTokenResponse(accounts.issueToken(user, previous.expiresInSeconds));
		}
		if (body.grant_type !== 'password') return await reply.code(400).send(toGrantError('unsupported_grant_type'));
		const user = accounts.findUser(body.email);
		if (!user || user.password !== body.password) {
			return await reply.code(switches.refusedSignIn).send(toGrantError('invalid_grant'));
		}
		return toTokenResponse(accounts.issueToken(user, body.expires_in ?? 604800));
	});

	app.post<{ Body: { revoke_all?: boolean; tokens?: string[] } | undefined }>(
		'/oauth/revoke_tokens',
		async ({ body = {}, headers }, reply) => {
			const currentToken = accounts.findValidToken(headers.authorization);
			if (!currentToken) return await sendUnauthorized(reply);
			for (const token of accounts.tokens) {
				const isListed = body.tokens?.includes(token.accessToken) ?? false;
				const isRevoked = body.revoke_all
					? token.email === currentToken.email
					: body.tokens
						? isListed
						: token === currentToken;
				if (isRevoked) token.revoked = true;
			}
			return {};
		},
	);
}

/** Responds with 401, an empty body and the reason in a header, as Doorkeeper does. */
export const sendUnauthorized = async (reply: import('fastify').FastifyReply) =>
	await reply
		.code(401)
		.header(
			'WWW-Authenticate',
			'Bearer realm="Doorkeeper", error="invalid_token", error_description="The access token is invalid"',
		)
		.send('');
