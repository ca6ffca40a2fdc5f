// SPDX-License-Identifier: GPL-3.0-or-later
// Calls a server through the vendor's package and prints what came back as one JSON object.
// Usage: node client.mjs SCENARIO BASE_URL API_KEY
import { ElevenLabsClient } from "@elevenlabs/elevenlabs-js";

const [scenario, baseUrl, apiKey] = process.argv.slice(2);
const client = new ElevenLabsClient({ baseUrl, apiKey, maxRetries: 0 });
const VOICE = "JBFqnCBsd6RMkjVDRZzb";
const TEXT = "It costs $5 today. The first move is what sets everything in motion.";

async function collect(audio) {
    const pieces = [];
    for await (const piece of audio) pieces.push(piece);
    return { base64: Buffer.concat(pieces).toString("base64"), pieces: pieces.length };
}

async function failure(call) {
    try {
        await call();
        return null;
    } catch (error) {
        return { name: error.constructor.name, statusCode: error.statusCode, body: error.body };
    }
}

const scenarios = {
    async speech() {
        const speech = client.textToSpeech;
        const request = { text: TEXT, modelId: "eleven_multilingual_v2", outputFormat: "mp3_44100_128", seed: 1 };
        const { data, rawResponse } = await speech.convert(VOICE, request).withRawResponse();
        const convert = await collect(data);
        const streamed = await speech.stream(VOICE, request).withRawResponse();
        const stream = await collect(streamed.data);
        const timed = await speech.convertWithTimestamps(VOICE, request);
        const chunks = [];
        for await (const chunk of await speech.streamWithTimestamps(VOICE, request)) chunks.push(chunk);
        const settings = { stability: 0.2, similarityBoost: 0.9, style: 0.4, useSpeakerBoost: false, speed: 1.2 };
        const fast = await collect(
            await speech.convert(VOICE, { ...request, outputFormat: "pcm_16000", voiceSettings: settings }),
        );
        const plain = await collect(await speech.convert(VOICE, { ...request, outputFormat: "pcm_16000" }));
        return {
            text: TEXT,
            headers: Object.fromEntries(rawResponse.headers),
            streamHeaders: Object.fromEntries(streamed.rawResponse.headers),
            convert,
            stream,
            timed,
            chunks,
            fast,
            plain,
        };
    },

    async sounds() {
        const request = { text: "three knocks on a wooden door", durationSeconds: 1.5, loop: true, promptInfluence: 0.9 };
        const { data, rawResponse } = await client.textToSoundEffects.convert(request).withRawResponse();
        const refused = await failure(() => client.textToSoundEffects.convert({ text: "rain", durationSeconds: 99 }));
        return { headers: Object.fromEntries(rawResponse.headers), sound: await collect(data), refused };
    },

    async music() {
        const music = client.music;
        const asked = { prompt: "calm piano in D major, 90 bpm", musicLengthMs: 7000 };
        const plan = await music.compositionPlan.create(asked);
        const chunked = await music.compositionPlan.create({ ...asked, modelId: "music_v2" });
        const request = { compositionPlan: plan, seed: 3, outputFormat: "mp3_44100_64" };
        const { data, rawResponse } = await music.compose(request).withRawResponse();
        const composed = await collect(data);
        const streamed = await collect(await music.stream(request));
        const detailed = await music.composeDetailed(request);
        const later = await collect(await music.compose({ compositionPlan: chunked, modelId: "music_v2" }));
        const events = [];
        for await (const event of await music.composeDetailedStream(request)) events.push(JSON.parse(event));
        return {
            plan,
            chunked,
            headers: Object.fromEntries(rawResponse.headers),
            composed,
            streamed,
            later,
            detailed: { ...detailed, audio: Buffer.from(detailed.audio).toString("base64") },
            events,
            sung: await failure(() => music.compose({ prompt: "a song with vocals" })),
            mixed: await failure(() => music.compose({ compositionPlan: plan, modelId: "music_v2" })),
            short: await failure(() => music.compose({ prompt: "jazz", musicLengthMs: 100 })),
        };
    },

    async catalogue() {
        const pages = [];
        let page;
        do {
            page = await client.voices.search({ pageSize: 8, nextPageToken: page?.nextPageToken, sort: "name" });
            pages.push(page);
        } while (page.hasMore);
        return {
            models: await client.models.list(),
            voices: await client.voices.getAll(),
            everyone: await client.voices.getAll({ showLegacy: true }),
            pages,
            found: await client.voices.search({ search: "george", voiceIds: [VOICE], includeTotalCount: true }),
            voice: await client.voices.get(VOICE),
            settings: await client.voices.settings.get(VOICE),
            defaultSettings: await client.voices.settings.getDefault(),
        };
    },

    async dictionaries() {
        const dictionaries = client.pronunciationDictionaries;
        const made = await dictionaries.createFromRules({
            name: "js rules",
            description: "of names",
            rules: [
                { type: "alias", stringToReplace: "UN", alias: "United Nations", caseSensitive: true, wordBoundaries: true },
                { type: "phoneme", stringToReplace: "tomato", phoneme: "/təˈmeɪtoʊ/", alphabet: "ipa" },
            ],
        });
        const pls = (await collect(await dictionaries.download(made.id, made.versionId))).base64;
        const file = new Blob([Buffer.from(pls, "base64")], { type: "text/xml" });
        const filed = await dictionaries.createFromFile({ name: "js file", file });
        const rule = { type: "alias", stringToReplace: "EU", alias: "European Union" };
        const locators = (versionId) => [{ pronunciationDictionaryId: made.id, versionId }];
        const request = { text: "The UN met the EU.", outputFormat: "pcm_16000", seed: 1 };
        const spoken = async (versionId) =>
            client.textToSpeech.convertWithTimestamps(VOICE, {
                ...request,
                pronunciationDictionaryLocators: locators(versionId),
            });
        const added = await dictionaries.rules.add(made.id, { rules: [rule] });
        const first = await spoken(made.versionId);
        const latest = await spoken(undefined);
        return {
            made,
            pls,
            filed,
            filedRules: (await dictionaries.get(filed.id)).rules,
            added,
            first,
            latest,
            removed: await dictionaries.rules.remove(made.id, { ruleStrings: ["UN"] }),
            set: await dictionaries.rules.set(made.id, { rules: [rule] }),
            updated: await dictionaries.update(made.id, { archived: true, name: "js renamed" }),
            got: await dictionaries.get(made.id),
            listed: await dictionaries.list({ pageSize: 1, sort: "name", sortDirection: "DESCENDING" }),
            missing: await failure(() => dictionaries.get("nobody")),
            wrong: await failure(() =>
                dictionaries.rules.add(made.id, {
                    rules: [{ type: "phoneme", stringToReplace: "x", phoneme: "6", alphabet: "ipa" }],
                }),
            ),
        };
    },

    async accounts() {
        const { serviceAccounts } = client;
        const keys = serviceAccounts.apiKeys;
        const made = await serviceAccounts.create({ name: "js tenant" });
        const id = made.serviceAccountUserId;
        const terms = { name: "js", permissions: ["text_to_speech", "user_read"], characterLimit: 100 };
        const key = await keys.create(id, { ...terms, allowedIps: ["127.0.0.1"] });
        const tenant = new ElevenLabsClient({ baseUrl, apiKey: key.xiApiKey, maxRetries: 0 });
        await collect(await tenant.textToSpeech.convert(VOICE, { text: "Twelve chars", outputFormat: "pcm_8000" }));
        const listed = await keys.list(id);
        const user = await tenant.user.get();
        const subscription = await tenant.user.subscription.get();
        const day = 86400000;
        const startUnix = Math.floor(Date.now() / day) * day;
        const usage = await tenant.usage.get({ startUnix, endUnix: startUnix + 2 * day - 1, breakdownType: "voice" });
        await keys.update(id, key.keyId, { name: "renamed", characterLimit: "clear", permissions: "all" });
        const updated = await keys.list(id);
        const denied = await failure(() => tenant.serviceAccounts.list());
        await tenant.workspaces.apiKeys.disable({ apiKeyName: "self" });
        const disabled = await failure(() => tenant.user.get());
        const accounts = await serviceAccounts.list();
        await keys.delete(id, key.keyId);
        const deleted = await keys.list(id);
        const unlimited = await client.user.subscription.get();
        return {
            made, key, listed, user, subscription, startUnix, usage, updated, denied, disabled, accounts, deleted,
            unlimited,
        };
    },

    async history() {
        const history = client.history;
        const say = async (text) => {
            const { data, rawResponse } = await client.textToSpeech.convert(VOICE, { text }).withRawResponse();
            return { audio: (await collect(data)).base64, id: rawResponse.headers.get("history-item-id") };
        };
        const mark = `js${Date.now()}`;
        const said = [await say(`First ${mark}.`), await say(`Second ${mark}.`), await say(`Third ${mark}.`)];
        const ids = said.map((one) => one.id);
        const pages = [];
        let page;
        do {
            const startAfterHistoryItemId = page?.lastHistoryItemId;
            page = await history.list({ search: mark, pageSize: 2, sortDirection: "asc", startAfterHistoryItemId });
            pages.push(page);
        } while (page.hasMore);
        return {
            said,
            pages,
            filtered: await history.list({ voiceId: VOICE, search: mark, source: "TTS", dateAfterUnix: 1 }),
            item: await history.get(ids[0]),
            audio: await collect(await history.getAudio(ids[0])),
            one: await collect(await history.download({ historyItemIds: [ids[0]] })),
            wav: await collect(await history.download({ historyItemIds: [ids[0]], outputFormat: "wav" })),
            packed: await collect(await history.download({ historyItemIds: ids })),
            wrong: await failure(() => history.download({ historyItemIds: ids, outputFormat: "mp3" })),
            deleted: await history.delete(ids[0]),
            missing: await failure(() => history.get(ids[0])),
        };
    },

    async voices() {
        const JESSICA = "cgSgspJ2msm6clMCkdW9";
        const settings = client.voices.settings;
        const before = await settings.get(JESSICA);
        const updated = await settings.update(JESSICA, { stability: 0.2, speed: 0.9 });
        const after = { settings: await settings.get(JESSICA), voice: (await client.voices.get(JESSICA)).settings };
        await settings.update(JESSICA, before);
        return {
            updated,
            after,
            restored: await settings.get(JESSICA),
            edit: await failure(() => client.voices.update(JESSICA, { name: "Mine" })),
            delete: await failure(() => client.voices.delete(JESSICA)),
            sample: await failure(() => client.voices.samples.audio.get(JESSICA, "abc")),
        };
    },

    async tokens() {
        return {
            made: await client.tokens.singleUse.create("tts_websocket"),
            refused: await failure(() => client.tokens.singleUse.create("realtime_scribe")),
        };
    },

    async live() {
        const { token } = await client.tokens.singleUse.create("tts_websocket");
        const query = `model_id=eleven_flash_v2_5&output_format=mp3_44100_128&single_use_token=${token}`;
        const path = `/v1/text-to-speech/${VOICE}/stream-input?${query}`;
        const socket = new WebSocket(baseUrl.replace("http", "ws") + path);
        const messages = [];
        socket.onmessage = ({ data }) => messages.push(JSON.parse(data));
        socket.onopen = () => {
            for (const text of [" ", "The first ", "move ", "is made. ", ""]) socket.send(JSON.stringify({ text }));
        };
        const { code } = await new Promise((resolve) => (socket.onclose = resolve));
        return { code, messages };
    },

    async errors() {
        const request = { text: "Hello.", outputFormat: "mp3_44100_128" };
        const stranger = new ElevenLabsClient({ baseUrl, apiKey: "sk_wrong", maxRetries: 0 });
        const drain = (audio) => collect(audio);
        return {
            invalid: await failure(() =>
                client.textToSpeech.convert(VOICE, { ...request, voiceSettings: { stability: 3 } }).then(drain),
            ),
            key: await failure(() => stranger.textToSpeech.convert(VOICE, request).then(drain)),
            voice: await failure(() => client.textToSpeech.stream("nobody", request).then(drain)),
            getVoice: await failure(() => client.voices.get("nobody")),
            model: await failure(() => client.textToSpeech.convertWithTimestamps(VOICE, { ...request, modelId: "x" })),
            empty: await failure(() => client.textToSpeech.streamWithTimestamps(VOICE, { ...request, text: " " })),
            cursor: await failure(() => client.voices.search({ nextPageToken: "nowhere" })),
        };
    },
};

console.log(JSON.stringify(await scenarios[scenario]()));
