import { randomBytes } from 'node:crypto';

export interface Organisation {
	id: number;
	name: string;
	/** Number of sales orders. */
	orders: number;
	/** Number of products; 40 by default. */
	styles?: number;
}

export interface User {
	email: string;
	password: string;
	/** Ids of the organisations the user belongs to. */
	organisations: number[];
}

export interface Token {
	/** Serial number, from 1. The request log shows it in place of the token. */
	serial: number;
	accessToken: string;
	refreshToken: string;
	email: string;
	/** Unix time in milliseconds. */
	expiresAt: number;
	expiresInSeconds: number;
	revoked: boolean;
	/** True once the refresh token can no longer be used. */
	refreshUsed: boolean;
	/** Id of the current organisation, if the switch `organisationState` is 'token'. */
	organisation?: number;
}

/**
 * Users, their tokens and their current organisations. Tokens are 64 hex digits, as in
 * `docs/uphance.openapi.yaml: POST /oauth/token`.
 */
export class Accounts {
	readonly tokens: Token[] = [];
	private readonly currentByEmail = new Map<string, number>();

	constructor(
		readonly users: User[],
		readonly organisations: Organisation[],
		private readonly organisationState: 'user' | 'token',
	) {}

	/** Ignores upper and lower case. */
	findUser(email: unknown): User | undefined {
		const lowerCaseEmail = typeof email === 'string' ? email.toLowerCase() : '';
		return this.users.find((each) => each.email.toLowerCase() === lowerCaseEmail);
	}

	issueToken(user: User, expiresInSeconds: number): Token {
		const serial = this.tokens.length + 1;
		const randomHex = () => randomBytes(32).toString('hex');
		const token: Token = {
			serial,
			accessToken: randomHex(),
			refreshToken: randomHex(),
			email: user.email,
			expiresAt: Date.now() + expiresInSeconds * 1000,
			expiresInSeconds,
			revoked: false,
			refreshUsed: false,
		};
		this.tokens.push(token);
		return token;
	}

	/** Returns the token in an Authorization header, or undefined if it is unknown, expired or revoked. */
	findValidToken(header: string | undefined): Token | undefined {
		const token = this.findToken(header);
		return token && !token.revoked && token.expiresAt > Date.now() ? token : undefined;
	}

	/** Returns the token in an Authorization header, valid or not; undefined if it was never issued. */
	findToken(header: string | undefined): Token | undefined {
		const bearer = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
		return this.tokens.find(({ accessToken }) => accessToken === bearer);
	}

	/** Expires all access tokens. Refresh tokens stay valid. */
	expireAllTokens(): void {
		for (const token of this.tokens) token.expiresAt = 0;
	}

	/** Returns undefined until an organisation was set. */
	getCurrentOrganisation(token: Token): Organisation | undefined {
		const id = this.organisationState === 'user' ? this.currentByEmail.get(token.email) : token.organisation;
		return this.organisations.find((each) => each.id === id);
	}

	setCurrentOrganisation(token: Token, organisation: number): void {
		if (this.organisationState === 'user') this.currentByEmail.set(token.email, organisation);
		else token.organisation = organisation;
	}

	/** Switches the organisation as a person does in Uphance's web app, outside the API. */
	switchInWebApp(email: string, organisation: number): void {
		this.currentByEmail.set(email, organisation);
	}
}
