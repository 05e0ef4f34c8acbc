import { randomBytes } from 'node:crypto';

export interface Organisation {
	id: number;
	name: string;
	/** How many sales orders it has. */
	orders: number;
	/** How many products it has; 40 if nothing is said. */
	styles?: number;
}

export interface User {
	email: string;
	password: string;
	/** Ids of the organisations the user belongs to. */
	organisations: number[];
}

export interface Token {
	/** How many tokens were issued before, plus one: names a token in the log without giving it away. */
	serial: number;
	accessToken: string;
	refreshToken: string;
	email: string;
	/** Milliseconds of the clock. */
	expiresAt: number;
	expiresInSeconds: number;
	revoked: boolean;
	refreshUsed: boolean;
	organisation?: number;
}

/** Everybody's tokens and current organisations. Tokens are 64 hex digits, as on Uphance's page. */
export class Accounts {
	readonly tokens: Token[] = [];
	private readonly currentByEmail = new Map<string, number>();

	constructor(
		readonly users: User[],
		readonly organisations: Organisation[],
		private readonly organisationState: 'user' | 'token',
	) {}

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

	/** The token of an Authorization header as long as it is good. */
	findValidToken(header: string | undefined): Token | undefined {
		const token = this.findToken(header);
		return token && !token.revoked && token.expiresAt > Date.now() ? token : undefined;
	}

	findToken(header: string | undefined): Token | undefined {
		const bearer = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
		return this.tokens.find(({ accessToken }) => accessToken === bearer);
	}

	/** Ends all access tokens, as time does: refresh tokens stay good. */
	expireAllTokens(): void {
		for (const token of this.tokens) token.expiresAt = 0;
	}

	getCurrentOrganisation(token: Token): Organisation | undefined {
		const id = this.organisationState === 'user' ? this.currentByEmail.get(token.email) : token.organisation;
		return this.organisations.find((each) => each.id === id);
	}

	setCurrentOrganisation(token: Token, organisation: number): void {
		if (this.organisationState === 'user') this.currentByEmail.set(token.email, organisation);
		else token.organisation = organisation;
	}

	/** What happens when a person switches in Uphance's own web page. */
	switchInWebApp(email: string, organisation: number): void {
		this.currentByEmail.set(email, organisation);
	}
}
