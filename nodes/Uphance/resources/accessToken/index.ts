import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Operation, Resource } from '../../operations/operation';
import { sendWrite } from '../../operations/write';
import { parseText } from '../../parameters/parse';

/**
 * Revokes access tokens. Outputs `{ success: true }` and not the response: its content is unknown and may include tokens
 * (docs/uphance.openapi.yaml: POST /oauth/revoke_tokens).
 */
const revoke: Operation = {
	option: {
		name: 'Revoke',
		value: 'revoke',
		action: 'Revoke access tokens',
		description: 'Revoke access tokens before they expire. The next request with this credential signs in again.',
	},
	writes: true,
	subject: { noun: 'item' },
	userScoped: true,
	fields: [
		{
			displayName: 'Which Tokens',
			name: 'scope',
			type: 'options',
			default: 'current',
			options: [
				{
					name: 'All Tokens of This User',
					value: 'all',
					description: 'Other programs that use this user are signed out too',
				},
				{ name: 'Listed Tokens', value: 'listed' },
				{ name: 'Token of This Credential', value: 'current' },
			],
			description: 'Which access tokens to revoke',
		},
		{
			displayName: 'Tokens',
			name: 'tokens',
			type: 'string',
			typeOptions: { password: true },
			displayOptions: { show: { scope: ['listed'] } },
			default: '',
			required: true,
			placeholder: 'e.g. 2a87f3…, b4f42a…',
			description:
				'Separate several tokens with commas. n8n stores node parameters unencrypted, in the workflow and in executions. An expression keeps the tokens out of the workflow.',
		},
	],
	async run(item, client) {
		const body = buildBody(this, item);
		// A second revocation would first sign in again, only to revoke the new token.
		if (!body && revoked.has(this)) return { success: true };
		const secrets = Array.isArray(body?.tokens) ? body.tokens.map(String) : [];
		await sendWrite(client, {
			action: 'revoke access tokens',
			method: 'POST',
			path: '/oauth/revoke_tokens',
			body,
			redact: secrets,
		});
		if (!body) revoked.add(this);
		return { success: true };
	},
};

/** Executions that have revoked the token of their credential. */
const revoked = new WeakSet<IExecuteFunctions>();

/**
 * Returns the body of the request, or undefined for the current token: without a body Uphance revokes the token of the
 * request.
 *
 * @throws UserError if the scope is not in the menu, or if the list of tokens is empty
 */
function buildBody(context: IExecuteFunctions, item: number): IDataObject | undefined {
	switch (context.getNodeParameter('scope', item)) {
		case 'all':
			return { revoke_all: true };
		case 'listed':
			return { tokens: parseTokens(context.getNodeParameter('tokens', item)) };
		case 'current':
			return undefined;
		default:
			throw new UserError("'Which Tokens' must be current, all or listed", { description: 'Correct the expression.' });
	}
}

/** @throws UserError for an empty list, because Uphance could revoke the current token instead */
function parseTokens(value: unknown): string[] {
	const texts = Array.isArray(value)
		? value.map((token) => parseText('Tokens', token))
		: parseText('Tokens', value).split(/[\s,]+/);
	const tokens = texts.filter((text) => text !== '');
	if (tokens.length > 0) return tokens;
	throw new UserError("'Tokens' is empty", { description: 'Enter at least one token, or choose other tokens above.' });
}

/** The resource Access Token. */
export const accessToken: Resource = {
	option: {
		name: 'Access Token',
		value: 'accessToken',
		description: 'Token that n8n uses for requests; the node renews it automatically',
	},
	operations: [revoke],
};
