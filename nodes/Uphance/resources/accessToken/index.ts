import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import type { Operation, Resource } from '../../operations/operation';
import { sendWrite } from '../../operations/write';
import { parseText } from '../../parameters/parse';

/** POST /oauth/revoke_tokens (uphance-api.md 2.5). What Uphance answers is unknown, and might name tokens: it is not passed on. */
export const revoke: Operation = {
	option: {
		name: 'Revoke',
		value: 'revoke',
		action: 'Revoke access tokens',
		description: 'End access tokens before their time; the next call of this credential signs in again by itself',
	},
	writes: true,
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
			description: 'Which access tokens to end',
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
				'Separate them with commas. Parameters of nodes are stored unencrypted, in the workflow and in executions; an expression keeps them out of the workflow.',
		},
	],
	async run(item, client) {
		const body = bodyIn(this, item);
		// The token of the next item would be a new one, made for nothing but to be revoked.
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

/** Executions that have revoked their own token. */
const revoked = new WeakSet<IExecuteFunctions>();

/** Without a body Uphance revokes the token that it was called with. */
function bodyIn(context: IExecuteFunctions, item: number): IDataObject | undefined {
	switch (context.getNodeParameter('scope', item)) {
		case 'all':
			return { revoke_all: true };
		case 'listed':
			return { tokens: tokensIn(context.getNodeParameter('tokens', item)) };
		case 'current':
			return undefined;
		default:
			throw new UserError("'Which Tokens' must be current, all or listed", { description: 'Correct its expression.' });
	}
}

/** @throws UserError for an empty list: Uphance might take it for the current token */
function tokensIn(typed: unknown): string[] {
	const texts = Array.isArray(typed)
		? typed.map((each) => parseText('Tokens', each))
		: parseText('Tokens', typed).split(/[\s,]+/);
	const tokens = texts.filter((text) => text !== '');
	if (tokens.length > 0) return tokens;
	throw new UserError("'Tokens' is empty", { description: 'Enter at least one token, or choose other tokens above.' });
}

export const accessToken: Resource = {
	option: {
		name: 'Access Token',
		value: 'accessToken',
		description: 'What n8n signs in with; it is renewed by itself',
	},
	operations: [revoke],
};
