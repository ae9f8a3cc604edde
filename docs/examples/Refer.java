// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import java.util.regex.Pattern;

/** つなぎを送り、追い、受け手として答える。JDK 17 だけで動く: {@code java Refer.java}。環境変数は README.md にある。 */
public final class Refer {
    private static final String API = System.getenv("TSUNAGI_URL") + "/api/v1";
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private static final ZoneId JAPAN = ZoneId.of("Asia/Tokyo");
    private static final String TODAY = LocalDate.now(JAPAN).toString();
    // toString() leaves the seconds out when they are zero; RFC 3339 asks for them.
    private static final String NOW =
            OffsetDateTime.now(JAPAN).truncatedTo(ChronoUnit.SECONDS).format(DateTimeFormatter.ISO_OFFSET_DATE_TIME);

    public static void main(String[] args) throws Exception {
        String sender = token("SENDER_ID", "SENDER_SECRET");
        String recipient = token("RECIPIENT_ID", "RECIPIENT_SECRET");
        // 一つの窓口のクライアントなら、acting が自分の窓口の id。
        String desk = field("acting", get(recipient, "/session"));
        String run = UUID.randomUUID().toString().substring(0, 8);

        System.out.println("送る");
        String consent = "\"code\": \"1\", \"formVersion\": \"%s\"".formatted(System.getenv("CONSENT_FORM"));
        String body = referral("JAVA-" + run + "-1", desk, consent);
        String sent = post(sender, "/referrals", "Idempotency-Key", run + "-1", body);
        System.out.println("  " + sent);
        String id = field("id", sent);
        if (!id.equals(field("id", post(sender, "/referrals", "Idempotency-Key", run + "-1", body))))
            throw new IllegalStateException("同じキーの送り直しは、同じつなぎ");

        System.out.println("同意なしで送る");
        String without = referral("JAVA-" + run + "-2", desk, "\"code\": \"3\"");
        System.out.println("  " + post(sender, "/referrals", "Idempotency-Key", run + "-2", without));

        System.out.println("受け手として答える");
        String version = field("version", get(recipient, "/referrals/" + id));
        version = step(recipient, id, version, "receive", "{}");
        version = step(recipient, id, version, "accept", """
                { "worker": { "name": "相談　次郎" }, "personMatched": true }""");
        version = step(recipient, id, version, "start", """
                { "firstContact": { "on": "%s", "how": "電話" } }""".formatted(TODAY));
        step(recipient, id, version, "complete", """
                { "outcome": "011", "note": "相談を始めました。",
                  "personInformed": { "by": "相談　次郎", "at": "%s", "how": "電話" } }""".formatted(NOW));

        System.out.println("送り手として追う");
        System.out.println(get(sender, "/referrals/" + id + "/timeline"));
        System.out.printf("{\"id\":\"%s\",\"state\":\"%s\"}%n", id, field("state", get(sender, "/referrals/" + id)));
    }

    /** 15分で切れる。長く動くプログラムでは、切れる前に取り直す。 */
    private static String token(String id, String secret) throws Exception {
        String form = "grant_type=client_credentials&client_id=" + encoded(System.getenv(id))
                + "&client_secret=" + encoded(System.getenv(secret));
        return field("access_token", call(HttpRequest.newBuilder(URI.create(API + "/oauth/token"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))));
    }

    private static String referral(String key, String desk, String asserted) {
        return """
                { "kind": "referral", "to": { "function": "%s" }, "urgency": "normal", "purpose": "consultation",
                  "source": { "system": "kaigo", "key": "%s", "change": "new", "occurredAt": "%s" },
                  "asserted": { %s, "on": "%s" },
                  "subject": { "ref": "subject", "role": "subject", "identifiers": [{ "system": "kaigo", "value": "%s" }],
                    "items": { "identity": { "name": "見本　花子", "kana": "ミホン　ハナコ", "birthDate": "1940-01-05", "sex": "female" },
                               "concern": { "boxes": ["spending_debt"] } } },
                  "others": [] }""".formatted(desk, key, NOW, asserted, TODAY, key);
    }

    /** 一歩進める。見ていた版を If-Match に付け、新しい版を返す。 */
    private static String step(String token, String id, String version, String action, String facts) throws Exception {
        String stepped = post(token, "/referrals/" + id + "/" + action, "If-Match", "\"" + version + "\"", facts);
        System.out.printf("  %s: %s (version %s)%n", action, field("state", stepped), field("version", stepped));
        return field("version", stepped);
    }

    private static String get(String token, String path) throws Exception {
        return call(HttpRequest.newBuilder(URI.create(API + path)).header("Authorization", "Bearer " + token));
    }

    private static String post(String token, String path, String header, String value, String json) throws Exception {
        return call(HttpRequest.newBuilder(URI.create(API + path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .header(header, value)
                .POST(BodyPublishers.ofString(json)));
    }

    /** エラーは本文(application/problem+json)を示して止まる。code で見分けられる。 */
    private static String call(HttpRequest.Builder request) throws Exception {
        var response = HTTP.send(request.timeout(Duration.ofSeconds(30)).build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
        if (response.statusCode() >= 400) throw new IllegalStateException(response.body());
        return response.body();
    }

    /** 浅い答えから一つの値を取り出す(本番では JSON のライブラリを使ってください)。 */
    private static String field(String name, String json) {
        var matcher = Pattern.compile("\"" + name + "\":\"?([^\",}]*)").matcher(json);
        if (!matcher.find()) throw new IllegalStateException(name + " がありません");
        return matcher.group(1);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
