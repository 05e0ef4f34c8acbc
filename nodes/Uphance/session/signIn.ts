import type {
	ICredentialDataDecryptedObject,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
} from 'n8n-workflow';
import { registerNewSession } from './guard';
import { chosenOrganisation, organisationsIn } from './organisations';
import { mustProvePassword, passwordProved } from './proof';
import { SignInRefused, refusedAnswer, refusedForm, refusedPassword, refusedStep } from './refused';
import type { Session } from './session';
import { hasExpired, storedSession } from './session';
import type { SignInForm } from './signInForm';
import { fingerprintOf, signInForm, userOf } from './signInForm';

/** Milliseconds for each request of a sign-in. */
const timeout = 30_000;

/** What Uphance documents for an answer that does not say how long its token lives (uphance-api.md 2.1). */
const usualSeconds = 604_800;

/** Sign-ins under way and the newest session, each by fingerprint: executions that start at once sign in once. */
const underWay = new Map<string, Promise<Session>>();
const newest = new Map<string, Session>();

type Send = (step: string, path: string, options: Omit<IHttpRequestOptions, 'url'>) => Promise<unknown>;

interface SignIn {
	form: SignInForm;
	send: Send;
	onPasswordAccepted: () => void;
}

/**
 * n8n's `preAuthentication`: called when the session field is empty and when a request was answered 401. Returns the
 * field to store, or `{}` to keep what is stored: n8n's HTTP Request node then does not send a request again that
 * failed for another reason (n8n-platform.md 0a).
 *
 * @throws UserError that says what to do. A raw HTTP failure must not escape: n8n would sign in twice and hide the text.
 */
export async function signIn(
	this: IHttpRequestHelper,
	credential: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const form = signInForm(credential);
	if (form.email === '') throw refusedForm('Email');
	if (form.password === '') throw refusedForm('Password');
	const attempt: SignIn = { form, send: sendTo(form, this), onPasswordAccepted: () => passwordProved(credential) };

	const stored = storedSession(credential);
	if (mustProvePassword(credential)) return toStore(await newSession(attempt));
	if (stored && (await isAlive(attempt, stored))) return {};
	return toStore(await sharedSession(attempt, stored));
}

const toStore = (session: Session): IDataObject => ({ sessionToken: JSON.stringify(session) });

async function sharedSession(attempt: SignIn, stored: Session | undefined): Promise<Session> {
	const fingerprint = fingerprintOf(attempt.form);
	const joined = underWay.get(fingerprint);
	if (joined) return await joined;
	const session = takeOverOrRenew(attempt, stored).finally(() => underWay.delete(fingerprint));
	underWay.set(fingerprint, session);
	return await session;
}

async function takeOverOrRenew(attempt: SignIn, stored: Session | undefined): Promise<Session> {
	const other = newest.get(fingerprintOf(attempt.form));
	if (other && other.accessToken !== stored?.accessToken && (await isAlive(attempt, other))) {
		await register(attempt, other.accessToken, other.organisation.id);
		return other;
	}
	const last = other && other.expiresAt >= (stored?.expiresAt ?? 0) ? other : stored;
	return await newSession(attempt, last && hasExpired(last, Date.now()) ? last.refreshToken : undefined);
}

/** Anything but a refusal leaves the session alone: an outage is no reason to sign in. */
async function isAlive(attempt: SignIn, session: Session): Promise<boolean> {
	if (hasExpired(session, Date.now())) return false;
	try {
		await attempt.send('list the organisations', '/organisations', bearer(session.accessToken));
		return true;
	} catch (error) {
		return !(error instanceof SignInRefused && error.answer.status === 401);
	}
}

async function newSession(attempt: SignIn, refreshToken?: string): Promise<Session> {
	const { form, send } = attempt;
	const token = (refreshToken && (await byRefreshToken(send, refreshToken))) || (await byPassword(attempt));
	const step = 'list the organisations';
	const organisations = organisationsIn(await send(step, '/organisations', bearer(token.accessToken)));
	if (!organisations) throw refusedAnswer(step);
	const organisation = chosenOrganisation(form.organisationId, organisations);
	await register(attempt, token.accessToken, organisation.id);
	const session: Session = { ...token, organisation, fingerprint: fingerprintOf(form) };
	newest.set(session.fingerprint, session);
	return session;
}

type Token = Pick<Session, 'accessToken' | 'refreshToken' | 'expiresAt'>;

/** Undefined when Uphance refuses, for whatever reason: the password is then tried (another process may have used it up). */
async function byRefreshToken(send: Send, refreshToken: string): Promise<Token | undefined> {
	try {
		const body = { grant_type: 'refresh_token', refresh_token: refreshToken };
		return tokenIn(await send('renew the session', '/oauth/token', { method: 'POST', body }));
	} catch {
		return undefined;
	}
}

async function byPassword({ form, send, onPasswordAccepted }: SignIn): Promise<Token> {
	const { email, password, expiresIn } = form;
	const body = { email, password, grant_type: 'password', ...(expiresIn && { expires_in: expiresIn }) };
	const token = tokenIn(await send('sign in', '/oauth/token', { method: 'POST', body }));
	onPasswordAccepted();
	return token;
}

function tokenIn(answer: unknown): Token {
	if (typeof answer !== 'object' || answer === null || !('access_token' in answer)) throw refusedAnswer('sign in');
	const seconds = 'expires_in' in answer ? Number(answer.expires_in) : NaN;
	const refreshToken = 'refresh_token' in answer ? answer.refresh_token : undefined;
	return {
		accessToken: String(answer.access_token),
		refreshToken: typeof refreshToken === 'string' ? refreshToken.trim() : undefined,
		expiresAt: Date.now() + (Number.isFinite(seconds) ? seconds : usualSeconds) * 1000,
	};
}

async function register({ form, send }: SignIn, accessToken: string, own: number): Promise<void> {
	await registerNewSession(userOf(form), accessToken, own, async (organizationId) => {
		await send('register the organisation', '/organisations/set_current_org', {
			...bearer(accessToken),
			method: 'POST',
			body: { organizationId },
		});
	});
}

const bearer = (accessToken: string) => ({ headers: { Authorization: `Bearer ${accessToken}` } });

function sendTo({ apiUrl }: SignInForm, { helpers }: IHttpRequestHelper): Send {
	return async (step, path, options) => {
		try {
			const answer: unknown = await helpers.httpRequest({
				...options,
				url: apiUrl + path,
				headers: { 'Content-Type': 'application/json', ...options.headers },
				disableFollowRedirect: true,
				json: true,
				timeout,
			});
			return answer;
		} catch (error) {
			throw refused(step, error);
		}
	};
}

/** Status 400, 401 or 403 for a sign-in means its password; which of them Uphance uses is unknown (uphance-api.md 2.8). */
function refused(step: string, error: unknown): SignInRefused {
	const answer = answerIn(error);
	const isPassword = step === 'sign in' && [400, 401, 403].includes(answer.status ?? 0);
	return isPassword ? refusedPassword(answer) : refusedStep(step, answer);
}

function answerIn(error: unknown): SignInRefused['answer'] {
	if (typeof error !== 'object' || error === null) return {};
	const response = 'response' in error && typeof error.response === 'object' ? error.response : null;
	return {
		status: response && 'status' in response ? Number(response.status) : undefined,
		headers: response && 'headers' in response ? response.headers : undefined,
		// n8n itself refuses some requests, e.g. to a domain that the credential does not allow: then its words say why.
		code:
			'code' in error ? String(error.code) : response === null && error instanceof Error ? error.message : undefined,
	};
}
