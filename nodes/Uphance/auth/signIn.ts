import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';
import { redact } from '../http/serverMessage';
import { lockFor } from '../organisation/organisationLock';
import { countOrganisations, parseOrganisations, resolveOrganisation } from '../organisation/organisations';
import { setCurrentOrganisation } from '../organisation/setCurrentOrganisation';
import type { CredentialData } from './credential';
import { credentialFingerprint, parseCredential, userKey } from './credential';
import { markPasswordVerified, requiresPasswordGrant } from './credentialTest';
import {
	InvalidPasswordError,
	SignInError,
	finalSignInError,
	missingFieldError,
	rememberSignInError,
	unexpectedResponseError,
} from './errors';
import type { SendRequest } from './oauth';
import { createSender, passwordGrant, refreshTokenGrant } from './oauth';
import type { Session } from './session';
import { isExpired, readSession } from './session';
import { invalidPassword, latestSession, rememberInvalidPassword, rememberSession } from './sessionCache';

/** Sign-ins in flight, by fingerprint: executions that start at once share one. An entry ends with its sign-in. */
const inFlight = new Map<string, Promise<Session>>();

interface SignInAttempt {
	credential: CredentialData;
	send: SendRequest;
	onPasswordAccepted: () => void;
}

/**
 * Signs in, as n8n's `preAuthentication`: n8n calls it if the session field is empty and if a request was answered 401.
 * Returns the field to store, or `{}` to keep what is stored: n8n's HTTP Request node then does not resend a request
 * that failed for another reason.
 *
 * @throws UserError that says what to do. A raw HTTP error must not escape: n8n would sign in twice and hide the text
 */
export async function signIn(
	this: IHttpRequestHelper,
	credentialData: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	return await renewSession(this, credentialData).catch((error: unknown) => {
		if (error instanceof UserError) rememberSignInError(credentialData, error);
		throw error;
	});
}

async function renewSession(
	helper: IHttpRequestHelper,
	credentialData: ICredentialDataDecryptedObject,
): Promise<IDataObject> {
	const credential = parseCredential(credentialData);
	if (credential.email === '') throw missingFieldError('Email');
	if (credential.password === '') throw missingFieldError('Password');
	const attempt: SignInAttempt = {
		credential,
		send: createSender(credential, helper),
		onPasswordAccepted: () => markPasswordVerified(credentialData),
	};
	if (requiresPasswordGrant(credentialData)) return toCredentialData(await createSession(attempt));
	const error = finalSignInError(credentialData);
	if (error) throw error; // otherwise every item of the execution would sign in, until the user is locked out
	const stored = readSession(credentialData);
	if (stored && (await isAccepted(attempt, stored))) return {};
	return toCredentialData(await getSession(attempt, stored));
}

const toCredentialData = (session: Session): IDataObject => ({ sessionToken: JSON.stringify(session) });

/** Shares the sign-in in flight for the same form. @throws UserError, also while a rejected password is remembered */
async function getSession(attempt: SignInAttempt, stored: Session | undefined): Promise<Session> {
	const fingerprint = credentialFingerprint(attempt.credential);
	const pending = inFlight.get(fingerprint);
	if (pending) return await pending;
	const rejected = invalidPassword(fingerprint);
	if (rejected) throw rejected;
	const session = reuseOrCreateSession(attempt, stored)
		.catch((error: unknown) => {
			if (error instanceof InvalidPasswordError) rememberInvalidPassword(fingerprint, error);
			throw error;
		})
		.finally(() => inFlight.delete(fingerprint));
	inFlight.set(fingerprint, session);
	return await session;
}

/** Takes over the newest session of this process, if Uphance accepts it, and signs in otherwise. @throws UserError */
async function reuseOrCreateSession(attempt: SignInAttempt, stored: Session | undefined): Promise<Session> {
	const latest = latestSession(credentialFingerprint(attempt.credential));
	if (latest && latest.accessToken !== stored?.accessToken && (await isAccepted(attempt, latest))) {
		await registerOrganisation(attempt, latest.accessToken, latest.organisation.id);
		return latest;
	}
	const last = latest && latest.expiresAt >= (stored?.expiresAt ?? 0) ? latest : stored;
	return await createSession(attempt, last && isExpired(last, Date.now()) ? last.refreshToken : undefined);
}

const organisationsRequest = { action: 'list the organisations', path: '/organisations' };

/** Tells whether Uphance accepts a session. Only a 401 says no: an outage is no reason to sign in. */
async function isAccepted(attempt: SignInAttempt, session: Session): Promise<boolean> {
	if (isExpired(session, Date.now())) return false;
	try {
		await attempt.send({ ...organisationsRequest, accessToken: session.accessToken });
		return true;
	} catch (error) {
		return !(error instanceof SignInError && error.failure.status === 401);
	}
}

/** Gets a token, looks up the organisation and registers it. @throws UserError */
async function createSession(attempt: SignInAttempt, refreshToken?: string): Promise<Session> {
	const { credential, send } = attempt;
	let token = refreshToken ? await refreshTokenGrant(send, refreshToken) : undefined;
	if (!token) {
		token = await passwordGrant(send, credential);
		attempt.onPasswordAccepted();
	}
	const list = parseOrganisations(await send({ ...organisationsRequest, accessToken: token.accessToken }));
	if (!list) throw unexpectedResponseError(organisationsRequest.action);
	const organisation = resolveOrganisation(credential.organisationId, list);
	await registerOrganisation(attempt, token.accessToken, organisation.id);
	const session: Session = {
		...token,
		organisation,
		organisationCount: countOrganisations(list),
		fingerprint: credentialFingerprint(credential),
	};
	rememberSession(session);
	return session;
}

/** Registers the organisation that the requests in flight need, or else the credential's own. @throws UserError */
async function registerOrganisation(attempt: SignInAttempt, accessToken: string, ownId: number): Promise<void> {
	const { credential, send } = attempt;
	const post = async (path: string, body: IDataObject) =>
		await send({ action: 'switch to the organisation', path, accessToken, body });
	await lockFor(userKey(credential)).registerSession(
		accessToken,
		ownId,
		async (id) => await setCurrentOrganisation(id, post, (text) => redact(text, [accessToken])),
	);
}
