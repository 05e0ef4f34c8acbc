import type { Answer, Item } from './answer.mts';
import { get, idOf, isSuccess, recordsOf } from './answer.mts';
import type { Connection } from './connection.mts';
import { CheckError } from './connection.mts';

export interface Login {
	email: string;
	password: string;
	/** Id or name. Needed if the user has several. */
	organisation?: string;
}

/** Signed in to Uphance: every token it was given, and the organisation that was current before. */
export class Session {
	/** Access tokens that may still work. */
	private readonly tokens: string[] = [];
	/** Set once another organisation was registered than the one that had been current. */
	private organisationBefore?: number;

	constructor(
		private readonly connection: Connection,
		private readonly login: Login,
	) {}

	/** @throws CheckError if Uphance does not give a token */
	async signIn(): Promise<Answer> {
		const { email, password } = this.login;
		this.connection.authorization = undefined;
		const answer = await this.askForToken({ email, password, grant_type: 'password' });
		if (this.use(answer)) return answer;
		if (answer.status === 0) {
			throw new CheckError(
				'No answer came from the address of the API. Check the network, and --api-url if you gave one.',
			);
		}
		throw new CheckError(
			answer.status < 500 && answer.status !== 404 && answer.form !== 'html'
				? `Uphance did not accept the sign-in (status ${answer.status}). Check email and password: they are those of Uphance's web app.`
				: `The address of the API does not answer a sign-in as Uphance does (status ${answer.status}). Try again later, and check --api-url if you gave one.`,
		);
	}

	/** Asks with a refresh token. The session goes on with the token that comes, if one does. */
	async refresh(refreshToken: string): Promise<Answer> {
		const { authorization } = this.connection;
		this.connection.authorization = undefined;
		const answer = await this.askForToken({ grant_type: 'refresh_token', refresh_token: refreshToken });
		if (!this.use(answer)) this.connection.authorization = authorization;
		return answer;
	}

	/**
	 * Returns the organisation of the login.
	 *
	 * @throws CheckError if it is not clear which one is meant
	 */
	async chooseOrganisation(): Promise<{ answer: Answer; id: number; others: number[] }> {
		const answer = await this.connection.get('/organisations');
		const organisations = recordsOf(answer, 'organisations');
		const wanted = this.login.organisation?.trim().toLowerCase();
		const matches = organisations.filter(
			({ id, name }) => wanted === undefined || [String(id), String(name).toLowerCase()].includes(wanted),
		);
		const id = matches.length === 1 ? idOf(matches[0]) : undefined;
		if (id !== undefined) {
			const all = organisations.map((each) => idOf(each)).filter((each) => each !== undefined);
			return { answer, id, others: all.filter((each) => each !== id) };
		}
		if (!isSuccess(answer) || organisations.length === 0) {
			throw new CheckError(`Uphance lists no organisation of this user (status ${answer.status}).`);
		}
		throw new CheckError(
			wanted === undefined
				? 'This user belongs to several organisations. Say which one to check: --organisation, with its id or name.'
				: 'This user has no organisation, or several, with the id or name after --organisation.',
		);
	}

	/** @param before the organisation that was current, to be put back at the end; undefined if nobody knows */
	async register(id: number, before?: number): Promise<Answer> {
		if (before !== undefined && before !== id) this.organisationBefore ??= before;
		return await this.connection.post('/organisations/set_current_org', { organizationId: id });
	}

	/** Puts the organisation back and revokes every token. Returns whether all of it succeeded. */
	async end(): Promise<boolean> {
		const [newest] = this.tokens.slice(-1);
		let succeeded = true;
		if (this.organisationBefore !== undefined && newest !== undefined) {
			this.connection.authorization = `Bearer ${newest}`;
			succeeded = isSuccess(await this.register(this.organisationBefore));
		}
		for (const token of this.tokens.splice(0)) {
			this.connection.authorization = `Bearer ${token}`;
			const { status } = await this.connection.post('/oauth/revoke_tokens');
			succeeded &&= (status >= 200 && status < 300) || status === 401; // it is no longer valid anyway
		}
		this.connection.authorization = undefined;
		return succeeded;
	}

	private async askForToken(body: Item): Promise<Answer> {
		return await this.connection.post('/oauth/token', body);
	}

	/** Goes on with the token in an answer, if there is one. */
	private use(answer: Answer): boolean {
		const token = isSuccess(answer) ? get(answer.body, 'access_token') : undefined;
		if (typeof token !== 'string' || token.trim() === '') return false;
		this.tokens.push(token.trim());
		this.connection.authorization = `Bearer ${token.trim()}`;
		return true;
	}
}
