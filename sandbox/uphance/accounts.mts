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
	seconds: number;
	revoked: boolean;
	refreshUsed: boolean;
	organisation?: number;
}

/** Everybody's tokens and current organisations. Tokens are 64 hex digits, as on Uphance's page. */
export class Accounts {
	readonly tokens: Token[] = [];
	private readonly currentOfUser = new Map<string, number>();

	constructor(
		readonly users: User[],
		readonly organisations: Organisation[],
		private readonly state: 'user' | 'token',
	) {}

	user(email: unknown): User | undefined {
		const wanted = typeof email === 'string' ? email.toLowerCase() : '';
		return this.users.find((each) => each.email.toLowerCase() === wanted);
	}

	issue(user: User, seconds: number): Token {
		const serial = this.tokens.length + 1;
		const hex = () => randomBytes(32).toString('hex');
		const token: Token = {
			serial,
			accessToken: hex(),
			refreshToken: hex(),
			email: user.email,
			expiresAt: Date.now() + seconds * 1000,
			seconds,
			revoked: false,
			refreshUsed: false,
		};
		this.tokens.push(token);
		return token;
	}

	/** The token of an Authorization header as long as it is good. */
	good(header: string | undefined): Token | undefined {
		const token = this.known(header);
		return token && !token.revoked && token.expiresAt > Date.now() ? token : undefined;
	}

	known(header: string | undefined): Token | undefined {
		const text = /^Bearer (\S+)$/.exec(header ?? '')?.[1];
		return this.tokens.find(({ accessToken }) => accessToken === text);
	}

	/** Ends all access tokens, as time does: refresh tokens stay good. */
	expireAll(): void {
		for (const token of this.tokens) token.expiresAt = 0;
	}

	current(token: Token): Organisation | undefined {
		const id = this.state === 'user' ? this.currentOfUser.get(token.email) : token.organisation;
		return this.organisations.find((each) => each.id === id);
	}

	setCurrent(token: Token, organisation: number): void {
		if (this.state === 'user') this.currentOfUser.set(token.email, organisation);
		else token.organisation = organisation;
	}

	/** What happens when a person switches in Uphance's own web page. */
	switchOutside(email: string, organisation: number): void {
		this.currentOfUser.set(email, organisation);
	}
}
