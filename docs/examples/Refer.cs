// SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
// SPDX-License-Identifier: Apache-2.0
//
// 未検証: この例は、まだ動かして確かめていません(CI に .NET がないため)。
// つなぎを送り、追い、受け手として答える。.NET 8 以上の標準ライブラリだけで動く。環境変数は README.md にある。

using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

var http = new HttpClient { BaseAddress = new Uri(Setting("TSUNAGI_URL") + "/api/v1/"), Timeout = TimeSpan.FromSeconds(30) };
var now = DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(9));
var today = now.ToString("yyyy-MM-dd");
var moment = now.ToString("yyyy-MM-dd'T'HH:mm:sszzz");

var sender = await Token("SENDER_ID", "SENDER_SECRET");
var recipient = await Token("RECIPIENT_ID", "RECIPIENT_SECRET");
// 一つの窓口のクライアントなら、acting が自分の窓口の id。
var desk = Text(await Get(recipient, "session"), "acting");
var run = Guid.NewGuid().ToString("N")[..8];

Console.WriteLine("送る");
var body = Referral($"CS-{run}-1", new { code = "1", formVersion = Setting("CONSENT_FORM"), on = today });
var sent = await Post(sender, "referrals", "Idempotency-Key", $"{run}-1", body);
Console.WriteLine($"  {sent}");
var id = Text(sent, "id");
var again = await Post(sender, "referrals", "Idempotency-Key", $"{run}-1", body);
if (Text(again, "id") != id) throw new InvalidOperationException("同じキーの送り直しは、同じつなぎ");

Console.WriteLine("同意なしで送る");
var without = Referral($"CS-{run}-2", new { code = "3", on = today });
Console.WriteLine($"  {await Post(sender, "referrals", "Idempotency-Key", $"{run}-2", without)}");

Console.WriteLine("受け手として答える");
var version = (await Get(recipient, $"referrals/{id}")).GetProperty("version").GetInt32();
version = await Step(version, "receive", new { });
version = await Step(version, "accept", new { worker = new { name = "相談　次郎" }, personMatched = true });
version = await Step(version, "start", new { firstContact = new { on = today, how = "電話" } });
var informed = new { by = "相談　次郎", at = moment, how = "電話" };
await Step(version, "complete", new { outcome = "011", note = "相談を始めました。", personInformed = informed });

Console.WriteLine("送り手として追う");
foreach (var entry in (await Get(sender, $"referrals/{id}/timeline")).GetProperty("items").EnumerateArray())
    Console.WriteLine($"  {Text(entry, "at")} {Text(entry, "action")} → {Text(entry, "to")} ({Text(entry, "by")})");
var state = Text(await Get(sender, $"referrals/{id}"), "state");
Console.WriteLine($"{{\"id\":\"{id}\",\"state\":\"{state}\"}}");

static string Setting(string name) =>
    Environment.GetEnvironmentVariable(name) ?? throw new InvalidOperationException($"{name} がありません");
static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

// 15分で切れる。長く動くプログラムでは、切れる前に取り直す。
async Task<string> Token(string clientId, string secret)
{
    var form = new Dictionary<string, string>
    {
        ["grant_type"] = "client_credentials",
        ["client_id"] = Setting(clientId),
        ["client_secret"] = Setting(secret),
    };
    var request = new HttpRequestMessage(HttpMethod.Post, "oauth/token") { Content = new FormUrlEncodedContent(form) };
    return Text(await Call(request), "access_token");
}

object Referral(string key, object asserted) => new
{
    kind = "referral",
    to = new { function = desk },
    urgency = "normal",
    purpose = "consultation",
    source = new { system = "kaigo", key, change = "new", occurredAt = moment },
    asserted,
    subject = new
    {
        @ref = "subject",
        role = "subject",
        identifiers = new[] { new { system = "kaigo", value = key } },
        items = new
        {
            identity = new { name = "見本　花子", kana = "ミホン　ハナコ", birthDate = "1940-01-05", sex = "female" },
            concern = new { boxes = new[] { "spending_debt" } },
        },
    },
    others = Array.Empty<object>(),
};

// 一歩進める。見ていた版を If-Match に付け、新しい版を返す。
async Task<int> Step(int seen, string action, object facts)
{
    var stepped = await Post(recipient, $"referrals/{id}/{action}", "If-Match", $"\"{seen}\"", facts);
    var next = stepped.GetProperty("version").GetInt32();
    Console.WriteLine($"  {action}: {Text(stepped, "state")} (version {next})");
    return next;
}

Task<JsonElement> Get(string token, string path)
{
    var request = new HttpRequestMessage(HttpMethod.Get, path);
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    return Call(request);
}

Task<JsonElement> Post(string token, string path, string header, string value, object json)
{
    var content = new StringContent(JsonSerializer.Serialize(json), Encoding.UTF8, "application/json");
    var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content };
    request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
    request.Headers.TryAddWithoutValidation(header, value);
    return Call(request);
}

// エラーは本文(application/problem+json)を示して止まる。code で見分けられる。
async Task<JsonElement> Call(HttpRequestMessage request)
{
    using var response = await http.SendAsync(request);
    var text = await response.Content.ReadAsStringAsync();
    if (!response.IsSuccessStatusCode) throw new InvalidOperationException(text);
    return JsonDocument.Parse(text).RootElement;
}
