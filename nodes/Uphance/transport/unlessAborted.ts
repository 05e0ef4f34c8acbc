/** What a promise yields, unless the signal comes first. @throws the signal's reason then; what was begun goes on unheard */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
	return await new Promise<T>((resolve, reject) => {
		const giveUp = () => reject(signal?.reason);
		if (signal?.aborted) giveUp();
		signal?.addEventListener('abort', giveUp, { once: true });
		void promise.then(resolve, reject).finally(() => signal?.removeEventListener('abort', giveUp));
	});
}
