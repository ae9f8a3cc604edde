# SPDX-FileCopyrightText: 2026 Tsunagi Hub contributors
# SPDX-License-Identifier: Apache-2.0
#
# 未検証: この例は、まだ動かして確かめていません(CI に PowerShell がないため)。
# つなぎを送り、追い、受け手として答える。PowerShell 7 以上で動く。環境変数は README.md にある。
$ErrorActionPreference = 'Stop'

$api = "$env:TSUNAGI_URL/api/v1"
$now = [DateTimeOffset]::UtcNow.ToOffset([TimeSpan]::FromHours(9))
$today = $now.ToString('yyyy-MM-dd')
$moment = $now.ToString("yyyy-MM-dd'T'HH:mm:sszzz")
$run = [Guid]::NewGuid().ToString('N').Substring(0, 8)

# 15分で切れる。長く動くスクリプトでは、切れる前に取り直す。
function Get-Token([string]$Id, [string]$Secret) {
    $form = @{ grant_type = 'client_credentials'; client_id = $Id; client_secret = $Secret }
    (Invoke-RestMethod -Method Post -Uri "$api/oauth/token" -Body $form).access_token
}

function Get-Json([string]$Token, [string]$Path) {
    Invoke-RestMethod -Uri "$api/$Path" -Headers @{ Authorization = "Bearer $Token" }
}

# エラーは例外になり、本文(application/problem+json)の code で見分けられる。
function Send-Json([string]$Token, [string]$Path, [hashtable]$Headers, $Body) {
    $bytes = [Text.Encoding]::UTF8.GetBytes((ConvertTo-Json $Body -Depth 20 -Compress))
    Invoke-RestMethod -Method Post -Uri "$api/$Path" -ContentType 'application/json' -Body $bytes `
        -Headers ($Headers + @{ Authorization = "Bearer $Token" }) -SkipHeaderValidation
}

function New-Referral([string]$Key, [hashtable]$Asserted) {
    @{
        kind = 'referral'; to = @{ function = $desk }; urgency = 'normal'; purpose = 'consultation'
        source = @{ system = 'kaigo'; key = $Key; change = 'new'; occurredAt = $moment }
        asserted = $Asserted + @{ on = $today }
        subject = @{
            ref = 'subject'; role = 'subject'
            identifiers = @(@{ system = 'kaigo'; value = $Key })
            items = @{
                identity = @{ name = '見本　花子'; kana = 'ミホン　ハナコ'; birthDate = '1940-01-05'; sex = 'female' }
                concern = @{ boxes = @('spending_debt') }
            }
        }
        others = @()
    }
}

# 一歩進める。見ていた版を If-Match に付け、新しい版を覚える。
function Step-Referral([string]$Action, [hashtable]$Facts) {
    $stepped = Send-Json $recipient "referrals/$id/$Action" @{ 'If-Match' = "`"$script:version`"" } $Facts
    $script:version = $stepped.version
    Write-Output "  ${Action}: $($stepped.state) (version $($stepped.version))"
}

$sender = Get-Token $env:SENDER_ID $env:SENDER_SECRET
$recipient = Get-Token $env:RECIPIENT_ID $env:RECIPIENT_SECRET
# 一つの窓口のクライアントなら、acting が自分の窓口の id。
$desk = (Get-Json $recipient 'session').acting

Write-Output '送る'
$body = New-Referral "PS-$run-1" @{ code = '1'; formVersion = $env:CONSENT_FORM }
$sent = Send-Json $sender 'referrals' @{ 'Idempotency-Key' = "$run-1" } $body
Write-Output "  $($sent.outcome): $($sent.sentence)"
$id = $sent.id
$again = Send-Json $sender 'referrals' @{ 'Idempotency-Key' = "$run-1" } $body
if ($again.id -ne $id) { throw '同じキーの送り直しは、同じつなぎ' }

Write-Output '同意なしで送る'
$held = Send-Json $sender 'referrals' @{ 'Idempotency-Key' = "$run-2" } (New-Referral "PS-$run-2" @{ code = '3' })
Write-Output "  $($held.outcome): $($held.sentence) $($held.codes -join ' ')"

Write-Output '受け手として答える'
$version = (Get-Json $recipient "referrals/$id").version
Step-Referral 'receive' @{}
Step-Referral 'accept' @{ worker = @{ name = '相談　次郎' }; personMatched = $true }
Step-Referral 'start' @{ firstContact = @{ on = $today; how = '電話' } }
$informed = @{ by = '相談　次郎'; at = $moment; how = '電話' }
Step-Referral 'complete' @{ outcome = '011'; note = '相談を始めました。'; personInformed = $informed }

Write-Output '送り手として追う'
foreach ($entry in (Get-Json $sender "referrals/$id/timeline").items) {
    Write-Output "  $($entry.at) $($entry.action) → $($entry.to) ($($entry.by))"
}
Write-Output ('{"id":"' + $id + '","state":"' + (Get-Json $sender "referrals/$id").state + '"}')
