<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="ko">
<context>
    <name>Approval</name>
    <message>
        <source>{n}기</source>
        <translation>class {n}</translation>
    </message>
    <message>
        <source>{n}차시 {what}</source>
        <translation>{what}, session {n}</translation>
    </message>
    <message>
        <source>{n}초 안에 골라 주세요</source>
        <translation>{n} seconds left to choose</translation>
    </message>
    <message>
        <source>승인했어요.</source>
        <translation>Approved.</translation>
    </message>
    <message>
        <source>브라우저에서 이어집니다. 훈련 사이트의 화면으로 돌아가 주세요.</source>
        <translation>It goes on in your browser. Please go back to the training site’s page.</translation>
    </message>
    <message>
        <source>브라우저를 열지 못했습니다.</source>
        <translation>The browser could not be opened.</translation>
    </message>
    <message>
        <source>승인은 전해졌지만 브라우저에서 마쳐야 끝나요. 다시 열어 보고, 그래도 열리지 않으면 훈련 사이트에 인증번호를 입력해 주세요.</source>
        <translation>Your approval was sent, but the browser has to finish it. Try to open it again. If it still does not open, type your code on the training site.</translation>
    </message>
    <message>
        <source>요청을 거절했어요.</source>
        <translation>You refused the request.</translation>
    </message>
    <message>
        <source>이 요청으로는 아무것도 인증되지 않아요. 내가 누르지 않은 요청이 또 오면 헬프데스크에 알려 주세요.</source>
        <translation>Nothing is verified by this request. If another one comes that you did not start, tell the helpdesk.</translation>
    </message>
    <message>
        <source>화면에 보이는 번호가 아닙니다.</source>
        <translation>That is not the number on the page.</translation>
    </message>
    <message>
        <source>안전을 위해 이 요청은 끝났어요.</source>
        <translation>To keep you safe, this request has ended.</translation>
    </message>
    <message>
        <source>요청한 지 오래되어 끝났습니다.</source>
        <translation>The time for this request is over.</translation>
    </message>
    <message>
        <source>이 요청은 쓸 수 없습니다.</source>
        <translation>This request cannot be used.</translation>
    </message>
    <message>
        <source>이미 답했거나 이 PC의 등록에 온 요청이 아닙니다.</source>
        <translation>It was answered before, or it is not for the registration on this PC.</translation>
    </message>
    <message>
        <source>다른 브라우저에서 열려 끝났습니다.</source>
        <translation>It opened in another browser, which ended it.</translation>
    </message>
    <message>
        <source>인증 창을 연 브라우저를 이 PC의 기본 브라우저로 정하고 다시 요청하거나, 훈련 사이트에 인증번호를 입력해 주세요.</source>
        <translation>Make the browser with the training site’s window the default one of this PC and ask again, or type your code on the training site.</translation>
    </message>
    <message>
        <source>이 과정은 본인 명의 확인이 먼저 필요해요.</source>
        <translation>This course first needs proof that the number is in your own name.</translation>
    </message>
    <message>
        <source>인증번호 화면에서 [본인 명의 확인하기]를 마친 뒤 훈련 사이트에서 다시 요청해 주세요.</source>
        <translation>On the code screen, choose [Confirm my phone]. Then ask again on the training site.</translation>
    </message>
    <message>
        <source>훈련 사이트에서 [mOTP 앱으로 인증]을 다시 눌러 주세요.</source>
        <translation>On the training site, press [Confirm with the mOTP app] again.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>훈련 사이트 화면에 보이는 번호를 고르세요.</source>
        <translation>Choose the number that stands on the page.</translation>
    </message>
    <message>
        <source>{number}번으로 승인</source>
        <translation>Approve with number {number}</translation>
    </message>
    <message>
        <source>내가 누르지 않았거나 번호가 없으면 거절해 주세요.</source>
        <translation>If you did not start this, or see no number there, refuse.</translation>
    </message>
    <message>
        <source>거절</source>
        <translation>Refuse</translation>
    </message>
    <message>
        <source>승인 요청</source>
        <translation>Request for approval</translation>
    </message>
    <message>
        <source>이 요청을 승인할까요?</source>
        <translation>Approve this request?</translation>
    </message>
    <message>
        <source>답을 전하고 있어요.</source>
        <translation>Sending your answer.</translation>
    </message>
    <message>
        <source>요청을 확인하고 있어요.</source>
        <translation>Reading the request.</translation>
    </message>
    <message>
        <source>돌아가기</source>
        <translation>Go back</translation>
    </message>
    <message>
        <source>브라우저 다시 열기</source>
        <translation>Open the browser again</translation>
    </message>
</context>
<context>
    <name>AuditPage</name>
    <message>
        <source>감사 기록</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>첫날</source>
        <translation>First day</translation>
    </message>
    <message>
        <source>끝날</source>
        <translation>Last day</translation>
    </message>
    <message>
        <source>누가</source>
        <translation>Who</translation>
    </message>
    <message>
        <source>훈련기관</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>등록</source>
        <translation>Registration</translation>
    </message>
    <message>
        <source>모든 일</source>
        <translation>All events</translation>
    </message>
    <message>
        <source>일</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>찾기</source>
        <translation>Search</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>번호</source>
        <translation>No.</translation>
    </message>
    <message>
        <source>때</source>
        <translation>When</translation>
    </message>
    <message>
        <source>사유</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>대상</source>
        <translation>About</translation>
    </message>
    <message>
        <source>주소</source>
        <translation>Address</translation>
    </message>
    <message>
        <source>자세히</source>
        <translation>Details</translation>
    </message>
    <message>
        <source>CSV로 내보내기</source>
        <translation>Export as CSV</translation>
    </message>
    <message>
        <source>PDF로 인쇄</source>
        <translation>Print as PDF</translation>
    </message>
    <message>
        <source>날짜는 2026-11-26처럼 적어 주세요.</source>
        <translation>Write dates as 2026-11-26.</translation>
    </message>
    <message>
        <source>찾고 있어요.</source>
        <translation>Searching.</translation>
    </message>
    <message>
        <source>찾은 기록이 없어요. 조건을 넓혀 보세요.</source>
        <translation>Nothing was found. Try wider filters.</translation>
    </message>
    <message>
        <source>{n}줄까지 보고 있어요. 내리면 더 있습니다.</source>
        <translation>{n} lines so far. Scroll down for more.</translation>
    </message>
    <message>
        <source>모두 {n}줄</source>
        <translation>{n} lines in all</translation>
    </message>
    <message>
        <source>CSV 파일 저장</source>
        <translation>Save the CSV file</translation>
    </message>
    <message>
        <source>PDF 파일 저장</source>
        <translation>Save the PDF file</translation>
    </message>
    <message>
        <source>파일로 저장했습니다.</source>
        <translation>The file was saved.</translation>
    </message>
</context>
<context>
    <name>AuditPaper</name>
    <message>
        <source>감사 기록</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>{day} {time} · {name} 인쇄</source>
        <translation>{day} {time} · printed by {name}</translation>
    </message>
    <message>
        <source>조건 없음</source>
        <translation>No filters</translation>
    </message>
    <message>
        <source>가장 새로운 {n}줄입니다. 모두 보려면 CSV로 내보내세요.</source>
        <translation>The newest {n} lines. Export as CSV to have them all.</translation>
    </message>
    <message>
        <source>모두 {n}줄입니다.</source>
        <translation>{n} lines in all.</translation>
    </message>
</context>
<context>
    <name>BirthField</name>
    <message>
        <source>생년월일 6자리</source>
        <translation>Date of birth, 6 digits</translation>
    </message>
    <message>
        <source>주민등록번호 뒤 첫 숫자</source>
        <translation>First digit after the date of birth</translation>
    </message>
</context>
<context>
    <name>Blocked</name>
    <message>
        <source>등록이 일시 정지되었습니다.</source>
        <translation>Your registration is suspended.</translation>
    </message>
    <message>
        <source>훈련기관이나 헬프데스크에서 등록을 잠시 멈췄습니다. 헬프데스크에 문의해 주세요. 정지가 풀리면 [다시 확인]을 눌러 주세요.</source>
        <translation>Your institution or the helpdesk has paused your registration. Contact the helpdesk. When they have resumed it, press [Check again].</translation>
    </message>
    <message>
        <source>비밀번호 입력이 잠겼습니다.</source>
        <translation>PIN entry is locked.</translation>
    </message>
    <message>
        <source>비밀번호가 여러 번 맞지 않아 등록을 보호하려고 잠갔습니다. 헬프데스크에 문의하면 한 번 풀어 드립니다. 비밀번호가 기억나지 않으면 본인인증을 하고 새로 등록해 주세요.</source>
        <translation>The PIN was wrong several times, so the registration was locked to protect it. The helpdesk can unlock it once. If you do not remember the PIN, verify your identity and register anew.</translation>
    </message>
    <message>
        <source>다른 기기에 새로 등록되었습니다.</source>
        <translation>Another device is registered now.</translation>
    </message>
    <message>
        <source>등록은 한 기기에서만 쓸 수 있어서 이 PC의 등록은 끝났습니다. 직접 등록하지 않았다면 바로 헬프데스크에 알려 주세요. 이 PC에서 다시 쓰려면 새로 등록해 주세요.</source>
        <translation>A registration works on one device only, so the one on this PC has ended. If that was not you, tell the helpdesk now. To use this PC again, register it again.</translation>
    </message>
    <message>
        <source>등록이 초기화되었습니다.</source>
        <translation>The registration was reset.</translation>
    </message>
    <message>
        <source>이 등록은 초기화되어 더 쓸 수 없습니다. 다시 쓰려면 새로 등록해 주세요.</source>
        <translation>This registration was reset and can no longer be used. To use the app again, register again.</translation>
    </message>
    <message>
        <source>개인정보 동의가 철회되었습니다.</source>
        <translation>Your consent was withdrawn.</translation>
    </message>
    <message>
        <source>동의를 철회하여 등록이 끝났습니다. 다시 쓰려면 훈련기관에 알린 뒤 새로 등록해 주세요.</source>
        <translation>Your registration ended because consent was withdrawn. To use the app again, tell your institution and then register again.</translation>
    </message>
    <message>
        <source>헬프데스크에서 등록을 해지했습니다.</source>
        <translation>The helpdesk ended your registration.</translation>
    </message>
    <message>
        <source>이유는 헬프데스크에서 알려 드립니다. 문의한 뒤에 새로 등록해 주세요.</source>
        <translation>The helpdesk can tell you why. Ask them, then register again.</translation>
    </message>
    <message>
        <source>등록이 복사되어 쓰인 흔적이 있습니다.</source>
        <translation>This registration seems to have been copied.</translation>
    </message>
    <message>
        <source>이 등록이 다른 곳에서도 쓰여서 안전을 위해 멈췄습니다. 이 PC의 백업이나 복제를 되살린 경우에도 생길 수 있습니다. 헬프데스크에 알리고 새로 등록해 주세요.</source>
        <translation>It was also used somewhere else, so we stopped it to keep you safe. This can also happen after restoring a backup or a copy of this PC. Tell the helpdesk and register again.</translation>
    </message>
    <message>
        <source>서버와 이 PC의 기록이 맞지 않습니다.</source>
        <translation>The server and this PC have different records.</translation>
    </message>
    <message>
        <source>이 등록을 서버에서 확인할 수 없어서 더 쓸 수 없습니다. 새로 등록해 주세요.</source>
        <translation>The server cannot confirm this registration, so it can no longer be used. Register again.</translation>
    </message>
    <message>
        <source>서버에 이 등록이 없습니다.</source>
        <translation>The server does not have this registration.</translation>
    </message>
    <message>
        <source>등록이 지워졌거나 다른 서버의 등록입니다. 새로 등록하면 다시 쓸 수 있어요.</source>
        <translation>It was deleted, or it belongs to another server. Register again to use the app.</translation>
    </message>
    <message>
        <source>이 PC의 등록 파일이 손상되었습니다.</source>
        <translation>The registration file on this PC is damaged.</translation>
    </message>
    <message>
        <source>파일을 읽을 수 없어 인증번호를 만들 수 없습니다. 손상된 파일은 따로 보관합니다. 새로 등록해 주세요.</source>
        <translation>The file cannot be read, so no codes can be made. The damaged file is kept aside. Register again.</translation>
    </message>
    <message>
        <source>이 PC의 비밀 키를 찾을 수 없습니다.</source>
        <translation>The secret key of this PC is missing.</translation>
    </message>
    <message>
        <source>운영체제를 다시 설치했거나 키 보관함이 비워졌습니다. 비밀 키가 없으면 등록을 열 수 없으니 새로 등록해 주세요.</source>
        <translation>The system was reinstalled, or its key store was emptied. Without the key the registration cannot be opened. Register again.</translation>
    </message>
    <message>
        <source>급하면 훈련 사이트의 인증 창에서 본인인증(휴대폰)을 쓸 수 있어요.</source>
        <translation>If it is urgent, use identity verification by phone in the training site’s window.</translation>
    </message>
    <message>
        <source>새로 등록</source>
        <translation>Register again</translation>
    </message>
    <message>
        <source>다시 확인</source>
        <translation>Check again</translation>
    </message>
    <message>
        <source>비밀번호를 잊었어요</source>
        <translation>I forgot the PIN</translation>
    </message>
    <message>
        <source>mOTP 등록 초기화</source>
        <translation>Reset mOTP registration</translation>
    </message>
</context>
<context>
    <name>BoardPage</name>
    <message>
        <source>오늘</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>새로 고침</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>인증됨</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>안 됨</source>
        <translation>Rejected</translation>
    </message>
    <message>
        <source>잠금</source>
        <translation>Locks</translation>
    </message>
    <message>
        <source>새 등록</source>
        <translation>New registrations</translation>
    </message>
    <message>
        <source>복사된 기기</source>
        <translation>Copied devices</translation>
    </message>
    <message>
        <source>시간마다</source>
        <translation>By hour</translation>
    </message>
    <message>
        <source>안 된 사유</source>
        <translation>Why checks were rejected</translation>
    </message>
    <message>
        <source>오늘은 안 된 인증이 없습니다.</source>
        <translation>No check was rejected today.</translation>
    </message>
    <message>
        <source>훈련기관마다</source>
        <translation>By institution</translation>
    </message>
    <message>
        <source>훈련기관</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>비율</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>불러오고 있어요.</source>
        <translation>Loading.</translation>
    </message>
    <message>
        <source>{day} · {time} 현재</source>
        <translation>{day} · as of {time}</translation>
    </message>
    <message>
        <source>{n}시: 인증됨 {accepted}, 안 됨 {rejected}.</source>
        <translation>{n}:00: {accepted} accepted, {rejected} rejected.</translation>
    </message>
</context>
<context>
    <name>BypassCard</name>
    <message>
        <source>임시 번호</source>
        <translation>Bypass code</translation>
    </message>
    <message>
        <source>치우기</source>
        <translation>Put away</translation>
    </message>
    <message>
        <source>{time} 남음</source>
        <translation>{time} left</translation>
    </message>
    <message>
        <source>임시 번호 {code}</source>
        <translation>Bypass code {code}</translation>
    </message>
</context>
<context>
    <name>ChangePin</name>
    <message>
        <source>비밀번호</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>다음</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>비밀번호를 바꾸고 있어요.</source>
        <translation>Changing the PIN.</translation>
    </message>
    <message>
        <source>비밀번호를 바꿨습니다.</source>
        <translation>The PIN has been changed.</translation>
    </message>
    <message>
        <source>다음부터 새 비밀번호를 입력하세요. 등록은 그대로예요.</source>
        <translation>From now on, enter the new PIN. Your registration stays as it is.</translation>
    </message>
    <message>
        <source>인증번호 보기</source>
        <translation>Show the code</translation>
    </message>
    <message>
        <source>지금 비밀번호</source>
        <translation>Your PIN now</translation>
    </message>
    <message>
        <source>새 비밀번호</source>
        <translation>New PIN</translation>
    </message>
    <message>
        <source>새 비밀번호를 한 번 더</source>
        <translation>The new PIN once more</translation>
    </message>
    <message>
        <source>지금 비밀번호만 다시 입력하면 돼요.</source>
        <translation>You only need to enter your PIN of now again.</translation>
    </message>
    <message>
        <source>비밀번호를 바꾸려면 지금 쓰는 비밀번호를 입력해 주세요.</source>
        <translation>To change the PIN, enter the one that you use now.</translation>
    </message>
    <message>
        <source>숫자 {n}자리 이상, 6자리를 권해요.</source>
        <translation>{n} digits or more; 6 are recommended.</translation>
    </message>
    <message>
        <source>방금 정한 비밀번호를 그대로 입력해 주세요.</source>
        <translation>Enter the PIN that you have just chosen.</translation>
    </message>
    <message>
        <source>비밀번호를 바꾸지 못했습니다.</source>
        <translation>The PIN could not be changed.</translation>
    </message>
    <message>
        <source>비밀번호는 아직 그대로예요. 다시 시도할 때까지 지금 비밀번호를 계속 쓰면 됩니다.</source>
        <translation>Your PIN is still the same. Until you try again, go on using the PIN that you have now.</translation>
    </message>
</context>
<context>
    <name>CheckPage</name>
    <message>
        <source>기기 상태 확인</source>
        <translation>Check a device</translation>
    </message>
    <message>
        <source>훈련생의 앱 메뉴 [이 PC의 상태]에 있는 QR 코드를 그림으로 받거나, 짧은 코드를 물어보세요.</source>
        <translation>Ask the trainee for a picture of the QR code in the app’s menu, [Status of this PC], or for the short code.</translation>
    </message>
    <message>
        <source>그림 파일</source>
        <translation>Picture file</translation>
    </message>
    <message>
        <source>클립보드의 그림</source>
        <translation>From the clipboard</translation>
    </message>
    <message>
        <source>화면에서 찾기</source>
        <translation>From the screen</translation>
    </message>
    <message>
        <source>짧은 코드</source>
        <translation>Short code</translation>
    </message>
    <message>
        <source>7Q2M-XK4T처럼 여덟 글자입니다.</source>
        <translation>Eight characters, such as 7Q2M-XK4T.</translation>
    </message>
    <message>
        <source>코드로 찾기</source>
        <translation>Find by code</translation>
    </message>
    <message>
        <source>이 훈련생 보기</source>
        <translation>Show this trainee</translation>
    </message>
    <message>
        <source>여덟 글자를 다시 확인해 주세요. I, L, O, U는 없습니다.</source>
        <translation>Check the eight characters again. There is no I, L, O or U.</translation>
    </message>
    <message>
        <source>확인하고 있어요.</source>
        <translation>Checking.</translation>
    </message>
    <message>
        <source>QR 코드가 있는 그림 고르기</source>
        <translation>Choose a picture with the QR code</translation>
    </message>
    <message>
        <source>그림</source>
        <translation>Pictures</translation>
    </message>
    <message>
        <source>기기가 말하는 것</source>
        <translation>What the device says</translation>
    </message>
    <message>
        <source>서버가 아는 것</source>
        <translation>What the server knows</translation>
    </message>
    <message>
        <source>다름</source>
        <translation>Differs</translation>
    </message>
</context>
<context>
    <name>ChoosePin</name>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>비밀번호</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>다음</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>처음부터 다시 정하기</source>
        <translation>Choose another PIN</translation>
    </message>
    <message>
        <source>인증번호 문자를 요청하고 있어요.</source>
        <translation>Asking for a text message.</translation>
    </message>
    <message>
        <source>한 번 더 입력해 주세요.</source>
        <translation>Type it once more</translation>
    </message>
    <message>
        <source>방금 정한 비밀번호를 그대로 입력해 주세요.</source>
        <translation>Type the PIN that you have just chosen.</translation>
    </message>
    <message>
        <source>비밀번호 정하기</source>
        <translation>Choose a PIN</translation>
    </message>
    <message>
        <source>앱을 열 때마다 입력해요. 숫자 {n}자리 이상, 6자리를 권해요.</source>
        <translation>You type it each time you open the app. At least {n} digits; 6 are better.</translation>
    </message>
</context>
<context>
    <name>Code</name>
    <message>
        <source>{n}초 남음 · 곧 바뀜</source>
        <translation>{n} s left · ends soon</translation>
    </message>
    <message>
        <source>{n}초 남음</source>
        <translation>{n} s left</translation>
    </message>
    <message>
        <source>복사했어요. 30초 뒤에 지워요.</source>
        <translation>Copied. We clear it in 30 s.</translation>
    </message>
    <message>
        <source>복사한 번호를 지웠어요. 필요하면 다시 복사해 주세요.</source>
        <translation>We cleared the copied code. Copy again if you need it.</translation>
    </message>
    <message>
        <source>앞 번호 {code}도 아직 돼요</source>
        <translation>The code before, {code}, still works</translation>
    </message>
    <message>
        <source>다음 번호 {code}</source>
        <translation>Next code {code}</translation>
    </message>
    <message>
        <source>이 PC의 시계가 {time} 빠릅니다.</source>
        <translation>This PC’s clock is {time} fast.</translation>
    </message>
    <message>
        <source>이 PC의 시계가 {time} 느립니다.</source>
        <translation>This PC’s clock is {time} slow.</translation>
    </message>
    <message>
        <source>인증번호는 서버 시각에 맞췄으니 그대로 쓰면 돼요.</source>
        <translation>Codes follow the server’s time, so you can use them as they are.</translation>
    </message>
    <message>
        <source>환급 과정은 본인 명의 확인이 필요해요.</source>
        <translation>Refunded courses need a phone in your own name.</translation>
    </message>
    <message>
        <source>개인정보 동의서가 바뀌었어요.</source>
        <translation>The consent document has changed.</translation>
    </message>
    <message>
        <source>인증번호는 그대로 쓸 수 있어요. 시간 날 때 읽어 주세요.</source>
        <translation>You can go on using codes. Read it when you have the time.</translation>
    </message>
    <message>
        <source>앱의 새 버전 {version}이 나왔어요.</source>
        <translation>There is a newer version of the app: {version}.</translation>
    </message>
    <message>
        <source>시간 날 때 설치해 주세요. 등록은 그대로 있어요.</source>
        <translation>Install it when you have the time. Your registration stays as it is.</translation>
    </message>
    <message>
        <source>인증번호 확인이 잠겼습니다.</source>
        <translation>Codes are locked.</translation>
    </message>
    <message>
        <source>맞지 않는 인증번호가 여러 번 입력되었습니다. 훈련 사이트에서 본인인증(휴대폰)을 하거나 헬프데스크에 문의하면 풀려요.</source>
        <translation>A wrong code was typed several times. To unlock, use identity verification by phone on the training site, or contact the helpdesk.</translation>
    </message>
    <message>
        <source>곧 잠깁니다.</source>
        <translation>The app will lock soon.</translation>
    </message>
    <message>
        <source>아무 키나 누르면 계속 볼 수 있어요.</source>
        <translation>Press any key to keep it open.</translation>
    </message>
</context>
<context>
    <name>CodeCard</name>
    <message>
        <source>창을 항상 위에 두기</source>
        <translation>Keep this window on top</translation>
    </message>
    <message>
        <source>복사</source>
        <translation>Copy</translation>
    </message>
    <message>
        <source>읽어 주기</source>
        <translation>Read aloud</translation>
    </message>
    <message>
        <source>번호 보기</source>
        <translation>Show code</translation>
    </message>
    <message>
        <source>숨기기</source>
        <translation>Hide</translation>
    </message>
    <message>
        <source>작게 보기</source>
        <translation>Smaller</translation>
    </message>
    <message>
        <source>크게 보기</source>
        <translation>Larger</translation>
    </message>
    <message>
        <source>번호를 숨겼어요.</source>
        <translation>The code is hidden.</translation>
    </message>
</context>
<context>
    <name>CodeField</name>
    <message>
        <source>문자로 받은 인증번호 6자리</source>
        <translation>The 6 digits from the text message</translation>
    </message>
</context>
<context>
    <name>ConfirmReset</name>
    <message>
        <source>등록을 초기화할까요?</source>
        <translation>Reset the registration?</translation>
    </message>
    <message>
        <source>초기화하면 되돌릴 수 없습니다.</source>
        <translation>This cannot be undone.</translation>
    </message>
    <message>
        <source>이 PC의 등록과 비밀번호가 지워집니다.</source>
        <translation>The registration and the PIN on this PC are deleted.</translation>
    </message>
    <message>
        <source>다시 등록할 때까지 인증번호를 만들 수 없습니다.</source>
        <translation>Until you register again there are no codes.</translation>
    </message>
    <message>
        <source>다시 쓰려면 이름과 휴대전화 번호로 새로 등록하면 돼요.</source>
        <translation>To use the app again, register with your name and mobile number.</translation>
    </message>
    <message>
        <source>초기화하지 않기</source>
        <translation>Keep the registration</translation>
    </message>
    <message>
        <source>등록 초기화</source>
        <translation>Reset the registration</translation>
    </message>
    <message>
        <source>개인정보 동의도 철회하기</source>
        <translation>Withdraw my consent too</translation>
    </message>
</context>
<context>
    <name>ConsentCard</name>
    <message>
        <source>개인정보 동의</source>
        <translation>Consent</translation>
    </message>
    <message>
        <source>동의한 적이 없습니다.</source>
        <translation>Never agreed.</translation>
    </message>
    <message>
        <source>동의서 {version} ({lang})</source>
        <translation>Document {version} ({lang})</translation>
    </message>
    <message>
        <source>{time} 동의</source>
        <translation>Agreed on {time}</translation>
    </message>
    <message>
        <source>{time} 철회</source>
        <translation>Withdrawn on {time}</translation>
    </message>
    <message>
        <source>지금 문서</source>
        <translation>In force</translation>
    </message>
    <message>
        <source>문서가 바뀜</source>
        <translation>Document changed</translation>
    </message>
</context>
<context>
    <name>ConsentDeclined</name>
    <message>
        <source>동의하지 않아도 괜찮아요.</source>
        <translation>You do not have to agree.</translation>
    </message>
    <message>
        <source>동의하지 않으면 이 앱으로 인증번호를 만들 수 없습니다. 아무 정보도 수집하지 않았어요.</source>
        <translation>Without your consent this app cannot make codes. We have collected nothing.</translation>
    </message>
    <message>
        <source>대신 이렇게 할 수 있어요.</source>
        <translation>What you can do instead</translation>
    </message>
    <message>
        <source>훈련 사이트의 인증 창에서 본인인증(휴대폰)을 고르면 앱 없이 확인할 수 있어요.</source>
        <translation>In the training site’s window choose identity verification by phone. It works without this app.</translation>
    </message>
    <message>
        <source>궁금한 점은 훈련기관이나 헬프데스크에 물어보세요.</source>
        <translation>If you have questions, ask your institution or the helpdesk.</translation>
    </message>
    <message>
        <source>다시 보기</source>
        <translation>Read again</translation>
    </message>
</context>
<context>
    <name>ConsentForm</name>
    <message>
        <source>동의서를 읽어 주세요.</source>
        <translation>The consent form</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>동의함</source>
        <translation>I agree</translation>
    </message>
    <message>
        <source>동의하지 않음</source>
        <translation>I do not agree</translation>
    </message>
    <message>
        <source>끝까지 읽어 주세요.</source>
        <translation>Please read to the end.</translation>
    </message>
    <message>
        <source>동의서를 불러오고 있어요.</source>
        <translation>Loading the consent form.</translation>
    </message>
    <message>
        <source>서버에 알리고 있어요.</source>
        <translation>Telling the server.</translation>
    </message>
    <message>
        <source>보유·이용 기간</source>
        <translation>How long it is kept</translation>
    </message>
    <message>
        <source>제공받는 자</source>
        <translation>Who receives it</translation>
    </message>
    <message>
        <source>동의서가 바뀌었습니다.</source>
        <translation>The consent form has changed.</translation>
    </message>
    <message>
        <source>새 동의서를 읽고 다시 동의해 주세요. 입력한 내용은 그대로 있어요.</source>
        <translation>Please read the new one and agree again. What you typed is still there.</translation>
    </message>
</context>
<context>
    <name>ConsentSummary</name>
    <message>
        <source>개인정보 수집·이용 동의</source>
        <translation>Consent to use of personal data</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>동의</source>
        <translation>Agree</translation>
    </message>
    <message>
        <source>동의하지 않음</source>
        <translation>I do not agree</translation>
    </message>
    <message>
        <source>동의서를 불러오고 있어요.</source>
        <translation>Loading the consent form.</translation>
    </message>
    <message>
        <source>무엇을</source>
        <translation>What</translation>
    </message>
    <message>
        <source>왜</source>
        <translation>Why</translation>
    </message>
    <message>
        <source>언제까지</source>
        <translation>Until when</translation>
    </message>
    <message>
        <source>누구에게</source>
        <translation>Who receives it</translation>
    </message>
    <message>
        <source>거부하면</source>
        <translation>If you refuse</translation>
    </message>
    <message>
        <source>확인해 주세요.</source>
        <translation>Please note.</translation>
    </message>
</context>
<context>
    <name>ConsoleHeader</name>
    <message>
        <source>mOTP 헬프데스크</source>
        <translation>mOTP Helpdesk</translation>
    </message>
    <message>
        <source>메뉴</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>{role} 역할은 감사 기록을 볼 수 없습니다.</source>
        <translation>The role {role} cannot look at the audit.</translation>
    </message>
    <message>
        <source>바로 반영</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>연결 끊김</source>
        <translation>Not live</translation>
    </message>
    <message>
        <source>로그아웃</source>
        <translation>Sign out</translation>
    </message>
    <message>
        <source>훈련생</source>
        <translation>Trainees</translation>
    </message>
    <message>
        <source>기기 확인</source>
        <translation>Check a device</translation>
    </message>
    <message>
        <source>오늘</source>
        <translation>Today</translation>
    </message>
    <message>
        <source>감사 기록</source>
        <translation>Audit</translation>
    </message>
    <message>
        <source>키오스크</source>
        <translation>Kiosks</translation>
    </message>
</context>
<context>
    <name>ConsoleWords</name>
    <message>
        <source>{n}일</source>
        <translation>{n} days</translation>
    </message>
    <message>
        <source>없음</source>
        <translation>Never</translation>
    </message>
    <message>
        <source>서버와 같음</source>
        <translation>Same as the server</translation>
    </message>
    <message>
        <source>서버보다 {time} 빠름</source>
        <translation>{time} fast</translation>
    </message>
    <message>
        <source>서버보다 {time} 느림</source>
        <translation>{time} slow</translation>
    </message>
    <message>
        <source>등록 없음</source>
        <translation>Not registered</translation>
    </message>
    <message>
        <source>일시 정지</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>해지됨</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>비밀번호 잠김</source>
        <translation>PIN locked</translation>
    </message>
    <message>
        <source>인증번호 잠김</source>
        <translation>Code locked</translation>
    </message>
    <message>
        <source>사용 중</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>다른 기기에 새로 등록</source>
        <translation>Registered on another device</translation>
    </message>
    <message>
        <source>훈련생이 초기화</source>
        <translation>Reset by the trainee</translation>
    </message>
    <message>
        <source>기기 자료가 복사됨</source>
        <translation>Device data copied</translation>
    </message>
    <message>
        <source>동의 철회</source>
        <translation>Consent withdrawn</translation>
    </message>
    <message>
        <source>헬프데스크가 해지</source>
        <translation>Revoked by the helpdesk</translation>
    </message>
    <message>
        <source>공용 키오스크</source>
        <translation>Shared kiosk</translation>
    </message>
    <message>
        <source>개인 PC</source>
        <translation>Personal PC</translation>
    </message>
    <message>
        <source>헬프데스크</source>
        <translation>Helpdesk</translation>
    </message>
    <message>
        <source>감사자</source>
        <translation>Auditor</translation>
    </message>
    <message>
        <source>관리자</source>
        <translation>Admin</translation>
    </message>
    <message>
        <source>최근 연결 순</source>
        <translation>Latest contact first</translation>
    </message>
    <message>
        <source>상태 순</source>
        <translation>By state</translation>
    </message>
    <message>
        <source>최근 등록 순</source>
        <translation>Latest registration first</translation>
    </message>
</context>
<context>
    <name>Deeds</name>
    <message>
        <source>정지 되돌리기</source>
        <translation>Undo</translation>
    </message>
    <message>
        <source>임시 번호의 시간이 끝났습니다.</source>
        <translation>The bypass code has ended.</translation>
    </message>
</context>
<context>
    <name>Doing</name>
    <message>
        <source>인증번호 잠금 풀기</source>
        <translation>Lift code lock</translation>
    </message>
    <message>
        <source>비밀번호 잠금 풀기</source>
        <translation>Lift PIN lock</translation>
    </message>
    <message>
        <source>일시 정지</source>
        <translation>Suspend</translation>
    </message>
    <message>
        <source>정지 풀기</source>
        <translation>Resume</translation>
    </message>
    <message>
        <source>등록 해지</source>
        <translation>Revoke</translation>
    </message>
    <message>
        <source>임시 번호 만들기</source>
        <translation>Make a bypass code</translation>
    </message>
    <message>
        <source>이름과 번호 보기</source>
        <translation>Show name and number</translation>
    </message>
    <message>
        <source>모든 기관에서 틀린 횟수를 지웁니다. 본인이 입력했는지 먼저 확인하세요.</source>
        <translation>Clears the count of wrong codes at all institutions. First make sure that it was the trainee who typed them.</translation>
    </message>
    <message>
        <source>비밀번호를 다시 입력할 수 있게 합니다. 한 등록에 한 번만 풀 수 있으니 본인인지 먼저 확인하세요.</source>
        <translation>Lets the trainee enter the PIN again. It can be done once for a registration, so first make sure who is calling.</translation>
    </message>
    <message>
        <source>이 기기의 인증을 바로 멈춥니다. [정지 풀기]로 되돌릴 수 있습니다.</source>
        <translation>Stops this device at once. [Resume] takes it back.</translation>
    </message>
    <message>
        <source>이 기기로 다시 인증할 수 있게 합니다.</source>
        <translation>Lets this device be used again.</translation>
    </message>
    <message>
        <source>이 기기의 등록을 끝냅니다. 되돌릴 수 없고, 새로 등록해야 합니다.</source>
        <translation>Ends this device’s registration. It cannot be taken back: the trainee has to register anew.</translation>
    </message>
    <message>
        <source>앱의 인증번호를 한 번 대신합니다. 10분 동안, 고른 기관과 인증에서만 쓸 수 있습니다. 전에 만든 번호는 못 쓰게 됩니다.</source>
        <translation>Stands in for one of the app’s codes, once. It holds for 10 minutes, for the chosen institution and check. A code made before stops.</translation>
    </message>
    <message>
        <source>1분 동안 가리지 않고 보여 줍니다. 누가 왜 보았는지 감사 기록에 남습니다.</source>
        <translation>Shows them in full for a minute. The audit keeps who looked and why.</translation>
    </message>
    <message>
        <source>인증번호 잠금을 풀었습니다.</source>
        <translation>The code lock was lifted.</translation>
    </message>
    <message>
        <source>비밀번호 잠금을 풀었습니다.</source>
        <translation>The PIN lock was lifted.</translation>
    </message>
    <message>
        <source>일시 정지했습니다.</source>
        <translation>The registration was suspended.</translation>
    </message>
    <message>
        <source>정지를 풀었습니다.</source>
        <translation>The registration was resumed.</translation>
    </message>
    <message>
        <source>등록을 해지했습니다.</source>
        <translation>The registration was revoked.</translation>
    </message>
    <message>
        <source>{role} 역할은 볼 수만 있습니다.</source>
        <translation>The role {role} may only look.</translation>
    </message>
    <message>
        <source>비밀번호가 잠겨 있지 않습니다.</source>
        <translation>The PIN is not locked.</translation>
    </message>
    <message>
        <source>비밀번호 잠금은 전에 한 번 풀었습니다. 새로 등록해야 합니다.</source>
        <translation>The PIN lock was lifted once before. The trainee has to register anew.</translation>
    </message>
    <message>
        <source>인증번호가 잠겨 있지 않습니다.</source>
        <translation>The code is not locked.</translation>
    </message>
    <message>
        <source>등록이 일시 정지되어 있습니다.</source>
        <translation>The registration is suspended.</translation>
    </message>
    <message>
        <source>정지되어 있지 않습니다.</source>
        <translation>It is not suspended.</translation>
    </message>
    <message>
        <source>등록이 이미 끝났습니다.</source>
        <translation>The registration is over already.</translation>
    </message>
    <message>
        <source>쓰고 있는 등록이 없습니다.</source>
        <translation>There is no registration in use.</translation>
    </message>
    <message>
        <source>비밀번호가 잠겨 있는 동안에는 만들 수 없습니다.</source>
        <translation>None can be made while the PIN is locked.</translation>
    </message>
    <message>
        <source>이 사람이 있는 훈련기관 명단이 없습니다.</source>
        <translation>No institution’s roster has this person.</translation>
    </message>
</context>
<context>
    <name>EnterPin</name>
    <message>
        <source>비밀번호 입력</source>
        <translation>Enter your PIN</translation>
    </message>
    <message>
        <source>{name} 님, 비밀번호를 입력하면 인증번호를 볼 수 있어요.</source>
        <translation>{name}, type your PIN to see your code.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>비밀번호</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>확인</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>비밀번호를 잊었어요</source>
        <translation>I forgot the PIN</translation>
    </message>
    <message>
        <source>mOTP 등록 초기화</source>
        <translation>Reset mOTP registration</translation>
    </message>
    <message>
        <source>비밀번호를 확인하고 있어요.</source>
        <translation>Checking the PIN.</translation>
    </message>
    <message>
        <source>등록이 끝났습니다.</source>
        <translation>You are registered.</translation>
    </message>
    <message>
        <source>방금 정한 비밀번호를 입력해 보세요.</source>
        <translation>Now type the PIN that you have just chosen.</translation>
    </message>
</context>
<context>
    <name>ExportQuestion</name>
    <message>
        <source>감사 기록 내보내기</source>
        <translation>Export the audit</translation>
    </message>
    <message>
        <source>지금 조건에 맞는 기록을 모두 담습니다. 누가 왜 내보냈는지도 기록됩니다.</source>
        <translation>All that the filters find. Who exports it and why goes on record too.</translation>
    </message>
    <message>
        <source>사유</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>파일 고르기</source>
        <translation>Choose a file</translation>
    </message>
    <message>
        <source>그만두기</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>FindingCard</name>
    <message>
        <source>다음에 할 일: {text}</source>
        <translation>Next step: {text}</translation>
    </message>
</context>
<context>
    <name>Findings</name>
    <message>
        <source>문제가 보이지 않습니다.</source>
        <translation>Nothing seems wrong.</translation>
    </message>
    <message>
        <source>비밀번호가 {n}번 틀려 {time}에 잠겼습니다.</source>
        <translation>Locked after {n} wrong PINs at {time}.</translation>
    </message>
    <message>
        <source>비밀번호가 여러 번 틀려 잠겼습니다.</source>
        <translation>Locked after several wrong PINs.</translation>
    </message>
    <message>
        <source>인증번호가 {n}번 틀려 {time}에 잠겼습니다.</source>
        <translation>Locked after {n} wrong codes at {time}.</translation>
    </message>
    <message>
        <source>인증번호가 여러 번 틀려 잠겼습니다.</source>
        <translation>Locked after several wrong codes.</translation>
    </message>
    <message>
        <source>30일 동안 인증번호가 {n}번 틀려 모든 기관에서 잠겼습니다.</source>
        <translation>Locked everywhere after {n} wrong codes in 30 days.</translation>
    </message>
    <message>
        <source>인증번호가 너무 많이 틀려 모든 기관에서 잠겼습니다.</source>
        <translation>Locked everywhere after too many wrong codes.</translation>
    </message>
    <message>
        <source>{time}에 이미 쓴 번호를 다시 입력했습니다.</source>
        <translation>A code that was used before was entered at {time}.</translation>
    </message>
    <message>
        <source>이미 쓴 번호를 다시 입력했습니다.</source>
        <translation>A code that was used before was entered.</translation>
    </message>
    <message>
        <source>{time}에 지나간 번호를 입력했습니다.</source>
        <translation>An old code was entered at {time}.</translation>
    </message>
    <message>
        <source>지나간 번호를 입력했습니다.</source>
        <translation>An old code was entered.</translation>
    </message>
    <message>
        <source>{time}에 등록이 일시 정지되었습니다.</source>
        <translation>The registration was suspended at {time}.</translation>
    </message>
    <message>
        <source>등록이 일시 정지되어 있습니다.</source>
        <translation>The registration is suspended.</translation>
    </message>
    <message>
        <source>{time}에 등록이 해지되었습니다.</source>
        <translation>The registration was revoked at {time}.</translation>
    </message>
    <message>
        <source>등록이 해지되었습니다.</source>
        <translation>The registration was revoked.</translation>
    </message>
    <message>
        <source>기기의 자료가 복사되어 {time}에 등록이 끝났습니다.</source>
        <translation>The device’s data were copied, which ended the registration at {time}.</translation>
    </message>
    <message>
        <source>기기의 자료가 복사되어 등록이 끝났습니다.</source>
        <translation>The device’s data were copied, which ended the registration.</translation>
    </message>
    <message>
        <source>{time}에 다른 기기에 새로 등록했습니다.</source>
        <translation>Another device was registered at {time}.</translation>
    </message>
    <message>
        <source>다른 기기에 새로 등록했습니다.</source>
        <translation>Another device was registered.</translation>
    </message>
    <message>
        <source>{time}에 개인정보 동의를 철회했습니다.</source>
        <translation>Consent was withdrawn at {time}.</translation>
    </message>
    <message>
        <source>개인정보 동의를 철회했습니다.</source>
        <translation>Consent was withdrawn.</translation>
    </message>
    <message>
        <source>이름과 번호가 훈련기관의 명단과 다릅니다.</source>
        <translation>Name and number differ from the institution’s roster.</translation>
    </message>
    <message>
        <source>앱에 등록한 적이 없습니다.</source>
        <translation>Never registered in the app.</translation>
    </message>
    <message>
        <source>{time}에 등록을 시작했지만 마치지 않았습니다.</source>
        <translation>The registration was begun at {time} but not finished.</translation>
    </message>
    <message>
        <source>등록을 시작했지만 마치지 않았습니다.</source>
        <translation>The registration was begun but not finished.</translation>
    </message>
    <message>
        <source>동의서가 바뀐 뒤로 아직 다시 동의하지 않았습니다.</source>
        <translation>The consent document has changed and was not agreed to again.</translation>
    </message>
    <message>
        <source>앱이 {time} 동안 서버와 연결되지 않았습니다.</source>
        <translation>The app has not reached the server for {time}.</translation>
    </message>
    <message>
        <source>앱이 오랫동안 서버와 연결되지 않았습니다.</source>
        <translation>The app has not reached the server for a long time.</translation>
    </message>
    <message>
        <source>휴대전화가 본인 명의인지 확인되지 않았습니다.</source>
        <translation>The phone is not proven to be in the trainee’s own name.</translation>
    </message>
    <message>
        <source>앱이 오래된 버전({version})입니다.</source>
        <translation>The app is an old version ({version}).</translation>
    </message>
    <message>
        <source>앱이 오래된 버전입니다.</source>
        <translation>The app is an old version.</translation>
    </message>
    <message>
        <source>PC 시계가 {time} 느립니다.</source>
        <translation>The PC clock is {time} slow.</translation>
    </message>
    <message>
        <source>PC 시계가 {time} 빠릅니다.</source>
        <translation>The PC clock is {time} fast.</translation>
    </message>
    <message>
        <source>앱이 서버와 다시 연결되면 인증번호는 저절로 맞춰집니다.</source>
        <translation>Codes are accepted after the app’s next contact.</translation>
    </message>
    <message>
        <source>{name}에서 있었던 일입니다.</source>
        <translation>It happened at {name}.</translation>
    </message>
    <message>
        <source>마지막 번호는 {source}에서 왔습니다.</source>
        <translation>The last one came from {source}.</translation>
    </message>
    <message>
        <source>그중 {n}개는 지나간 번호였습니다.</source>
        <translation>Old codes among them: {n}.</translation>
    </message>
    <message>
        <source>인증번호는 그대로 쓸 수 있습니다.</source>
        <translation>Codes go on to work.</translation>
    </message>
    <message>
        <source>마지막으로 동의한 때는 {time}입니다.</source>
        <translation>Last agreed at {time}.</translation>
    </message>
    <message>
        <source>마지막 연결은 {time}입니다.</source>
        <translation>Last contact: {time}.</translation>
    </message>
</context>
<context>
    <name>Finishing</name>
    <message>
        <source>등록을 마무리하고 있어요.</source>
        <translation>Finishing the registration</translation>
    </message>
    <message>
        <source>앱을 닫아도 다음에 열 때 이어서 마무리합니다.</source>
        <translation>If you close the app, it goes on the next time you open it.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>등록 그만두기</source>
        <translation>Stop registering</translation>
    </message>
    <message>
        <source>서버에서 등록을 확인하고 있어요.</source>
        <translation>The server is confirming the registration.</translation>
    </message>
    <message>
        <source>등록을 아직 마치지 못했습니다.</source>
        <translation>The registration is not finished yet</translation>
    </message>
</context>
<context>
    <name>ForgotPin</name>
    <message>
        <source>비밀번호를 잊으셨나요?</source>
        <translation>Forgot the PIN?</translation>
    </message>
    <message>
        <source>비밀번호는 이 PC의 주인만 알 수 있어서 아무도 찾아 드릴 수 없어요. 대신 본인인증을 하고 새로 등록하면 됩니다.</source>
        <translation>Only you know your PIN, so nobody can find it for you. Verify your identity and register anew instead.</translation>
    </message>
    <message>
        <source>휴대전화로 인증번호를 받아요.</source>
        <translation>You get a code on your phone.</translation>
    </message>
    <message>
        <source>새 비밀번호를 정해요.</source>
        <translation>You choose a new PIN.</translation>
    </message>
    <message>
        <source>다 마치면 지금 등록은 새 등록으로 바뀌어요.</source>
        <translation>At the end, the new registration takes the place of this one.</translation>
    </message>
    <message>
        <source>중간에 그만두면 지금 등록이 그대로 남으니, 비밀번호가 생각나면 다시 쓸 수 있어요.</source>
        <translation>If you stop halfway, this registration stays, and you can use it again if you remember the PIN.</translation>
    </message>
    <message>
        <source>본인인증하고 새로 등록</source>
        <translation>Verify and register anew</translation>
    </message>
</context>
<context>
    <name>Happened</name>
    <message>
        <source>번호가 다름</source>
        <translation>Wrong code</translation>
    </message>
    <message>
        <source>이미 쓴 번호</source>
        <translation>Code used before</translation>
    </message>
    <message>
        <source>잠겨 있음</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>등록 없음</source>
        <translation>Not registered</translation>
    </message>
    <message>
        <source>해지됨</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>일시 정지</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>본인 명의 확인 안 됨</source>
        <translation>Name not verified</translation>
    </message>
    <message>
        <source>인증됨</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>훈련생의 기기</source>
        <translation>The trainee’s device</translation>
    </message>
    <message>
        <source>서버</source>
        <translation>The server</translation>
    </message>
    <message>
        <source>훈련 사이트 {name}</source>
        <translation>Training site {name}</translation>
    </message>
    <message>
        <source>직원 {name}</source>
        <translation>Staff {name}</translation>
    </message>
    <message>
        <source>운영자 {name}</source>
        <translation>Operator {name}</translation>
    </message>
    <message>
        <source>인증</source>
        <translation>Check</translation>
    </message>
    <message>
        <source>등록 시작</source>
        <translation>Registration begun</translation>
    </message>
    <message>
        <source>등록 실패</source>
        <translation>Registration failed</translation>
    </message>
    <message>
        <source>번호 본인 확인</source>
        <translation>Number proven</translation>
    </message>
    <message>
        <source>등록됨</source>
        <translation>Registered</translation>
    </message>
    <message>
        <source>다른 기기에 새로 등록</source>
        <translation>Registered on another device</translation>
    </message>
    <message>
        <source>초기화</source>
        <translation>Reset</translation>
    </message>
    <message>
        <source>동의 철회로 끝남</source>
        <translation>Ended by withdrawal</translation>
    </message>
    <message>
        <source>복사된 기기 발견</source>
        <translation>Copied device found</translation>
    </message>
    <message>
        <source>등록 삭제</source>
        <translation>Registration erased</translation>
    </message>
    <message>
        <source>등록 해지</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>비밀번호 바꿈</source>
        <translation>PIN changed</translation>
    </message>
    <message>
        <source>키오스크</source>
        <translation>Kiosk</translation>
    </message>
    <message>
        <source>비밀번호 잠김</source>
        <translation>PIN locked</translation>
    </message>
    <message>
        <source>인증번호 잠김</source>
        <translation>Code locked</translation>
    </message>
    <message>
        <source>인증번호 잠금 풀림</source>
        <translation>Code lock lifted</translation>
    </message>
    <message>
        <source>동의함</source>
        <translation>Agreed</translation>
    </message>
    <message>
        <source>동의 철회</source>
        <translation>Consent withdrawn</translation>
    </message>
    <message>
        <source>명의 확인 문자 보냄</source>
        <translation>Name proof sent</translation>
    </message>
    <message>
        <source>명의 확인 실패</source>
        <translation>Name proof failed</translation>
    </message>
    <message>
        <source>본인 명의 확인</source>
        <translation>Name verified</translation>
    </message>
    <message>
        <source>명의가 다름</source>
        <translation>Name differs</translation>
    </message>
    <message>
        <source>휴대폰 본인인증 문자 보냄</source>
        <translation>Phone check sent</translation>
    </message>
    <message>
        <source>휴대폰 본인인증 실패</source>
        <translation>Phone check failed</translation>
    </message>
    <message>
        <source>같은 PC 승인</source>
        <translation>Approved on the same PC</translation>
    </message>
    <message>
        <source>같은 PC 승인 실패</source>
        <translation>Approval failed</translation>
    </message>
    <message>
        <source>알림 보냄</source>
        <translation>Notice sent</translation>
    </message>
    <message>
        <source>알림 못 보냄</source>
        <translation>Notice not sent</translation>
    </message>
    <message>
        <source>감사 기록 조회</source>
        <translation>Audit searched</translation>
    </message>
    <message>
        <source>감사 기록 내보냄</source>
        <translation>Audit exported</translation>
    </message>
    <message>
        <source>감사 기록 파기</source>
        <translation>Audit rows dropped</translation>
    </message>
    <message>
        <source>훈련기관 추가</source>
        <translation>Institution added</translation>
    </message>
    <message>
        <source>명단 가져옴</source>
        <translation>Roster imported</translation>
    </message>
    <message>
        <source>API 키 추가</source>
        <translation>API key added</translation>
    </message>
    <message>
        <source>API 키 폐기</source>
        <translation>API key revoked</translation>
    </message>
    <message>
        <source>키오스크 추가</source>
        <translation>Kiosk added</translation>
    </message>
    <message>
        <source>키오스크 설정 바꿈</source>
        <translation>Kiosk settings changed</translation>
    </message>
    <message>
        <source>키오스크 등록됨</source>
        <translation>Kiosk enrolled</translation>
    </message>
    <message>
        <source>키오스크 끝내기 잠김</source>
        <translation>Kiosk exit locked</translation>
    </message>
    <message>
        <source>키오스크 끝냄</source>
        <translation>Kiosk exited</translation>
    </message>
    <message>
        <source>키오스크 잠금</source>
        <translation>Kiosk locked</translation>
    </message>
    <message>
        <source>키오스크 폐기</source>
        <translation>Kiosk revoked</translation>
    </message>
    <message>
        <source>키오스크 잠금 풂</source>
        <translation>Kiosk unlocked</translation>
    </message>
    <message>
        <source>직원 추가</source>
        <translation>Staff added</translation>
    </message>
    <message>
        <source>감사 기록 내보냄 (직원)</source>
        <translation>Audit exported by staff</translation>
    </message>
    <message>
        <source>감사 기록 봄 (직원)</source>
        <translation>Audit read by staff</translation>
    </message>
    <message>
        <source>임시 번호 만듦</source>
        <translation>Bypass code made</translation>
    </message>
    <message>
        <source>인증번호 잠금 풂</source>
        <translation>Code lock lifted</translation>
    </message>
    <message>
        <source>직원 계정 중지</source>
        <translation>Staff account disabled</translation>
    </message>
    <message>
        <source>직원 로그인 잠김</source>
        <translation>Staff sign-in locked</translation>
    </message>
    <message>
        <source>이름과 번호 봄</source>
        <translation>Name and number shown</translation>
    </message>
    <message>
        <source>비밀번호 잠금 풂</source>
        <translation>PIN lock lifted</translation>
    </message>
    <message>
        <source>직원 계정 초기화</source>
        <translation>Staff account reset</translation>
    </message>
    <message>
        <source>정지 풂</source>
        <translation>Resumed</translation>
    </message>
    <message>
        <source>훈련생 찾음</source>
        <translation>Trainees searched</translation>
    </message>
    <message>
        <source>직원 로그인 끝냄</source>
        <translation>Staff session ended</translation>
    </message>
    <message>
        <source>직원 인증 앱 연결</source>
        <translation>Staff account set up</translation>
    </message>
    <message>
        <source>직원 로그인 실패</source>
        <translation>Staff sign-in failed</translation>
    </message>
    <message>
        <source>직원 로그인</source>
        <translation>Staff signed in</translation>
    </message>
    <message>
        <source>직원 로그아웃</source>
        <translation>Staff signed out</translation>
    </message>
    <message>
        <source>기기 상태 확인</source>
        <translation>Check a device</translation>
    </message>
    <message>
        <source>훈련생 봄</source>
        <translation>Trainee looked at</translation>
    </message>
    <message>
        <source>서명 키 추가</source>
        <translation>Signing key added</translation>
    </message>
    <message>
        <source>보유 기간 파기</source>
        <translation>Purged</translation>
    </message>
    <message>
        <source>훈련생 삭제</source>
        <translation>Trainee erased</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>원격훈련 mOTP</source>
        <translation>Training mOTP</translation>
    </message>
    <message>
        <source>메뉴</source>
        <translation>Menu</translation>
    </message>
    <message>
        <source>연결됨</source>
        <translation>Connected</translation>
    </message>
    <message>
        <source>연결 안 됨</source>
        <translation>Offline</translation>
    </message>
</context>
<context>
    <name>History</name>
    <message>
        <source>인증 기록</source>
        <translation>Your checks</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>인증번호로 돌아가기</source>
        <translation>Back to the code</translation>
    </message>
    <message>
        <source>기록을 읽고 있어요.</source>
        <translation>Reading your checks.</translation>
    </message>
    <message>
        <source>오늘 필요한 인증</source>
        <translation>Needed today</translation>
    </message>
    <message>
        <source>최근 인증</source>
        <translation>Latest checks</translation>
    </message>
    <message>
        <source>아직 기록이 없어요.</source>
        <translation>No checks yet.</translation>
    </message>
</context>
<context>
    <name>IdentityCode</name>
    <message>
        <source>문자로 받은 인증번호</source>
        <translation>Code from the text message</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>확인</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>등록 그만두기</source>
        <translation>Stop registering</translation>
    </message>
    <message>
        <source>인증번호를 확인하고 있어요.</source>
        <translation>Checking the code.</translation>
    </message>
    <message>
        <source>남은 시간 {time}</source>
        <translation>Time left {time}</translation>
    </message>
    <message>
        <source>시간이 지났어요. 문자를 다시 받아 주세요.</source>
        <translation>The time is over. Ask for another message.</translation>
    </message>
    <message>
        <source>인증번호 6자리를 모두 입력해 주세요.</source>
        <translation>Enter all 6 digits of the code.</translation>
    </message>
    <message>
        <source>{n}번까지 시도할 수 있어요.</source>
        <translation>Tries left: {n}.</translation>
    </message>
    <message>
        <source>인증번호가 맞지 않습니다. {n}번 더 시도할 수 있어요.</source>
        <translation>The code is wrong. Tries left: {n}.</translation>
    </message>
    <message>
        <source>문자 다시 받기</source>
        <translation>Send another message</translation>
    </message>
    <message>
        <source>문자 다시 받기 ({n}초 뒤)</source>
        <translation>Send another message (in {n} s)</translation>
    </message>
    <message>
        <source>{n}초 남았어요. 시간이 지나면 문자를 다시 받을 수 있어요.</source>
        <translation>{n} seconds left. After that you can get another message.</translation>
    </message>
    <message>
        <source>{number}로 문자를 다시 보냈어요. 가장 나중에 받은 번호를 입력해 주세요.</source>
        <translation>Sent again to {number}. Type the newest code.</translation>
    </message>
    <message>
        <source>{number}로 문자를 보냈어요. 문자에 있는 번호를 입력해 주세요.</source>
        <translation>We sent a code to {number}. Type it here.</translation>
    </message>
</context>
<context>
    <name>IdleWarning</name>
    <message>
        <source>계속 쓰기</source>
        <translation>Stay signed in</translation>
    </message>
    <message>
        <source>곧 로그아웃됩니다.</source>
        <translation>You will be signed out soon.</translation>
    </message>
    <message>
        <source>아무 키나 누르면 계속 쓸 수 있어요.</source>
        <translation>Press any key to stay.</translation>
    </message>
</context>
<context>
    <name>KeyStore</name>
    <message>
        <source>이 PC에서 키 보관함을 찾지 못했습니다.</source>
        <translation>This PC has no key store.</translation>
    </message>
    <message>
        <source>키 보관함은 이 PC만의 비밀 키를 지키는 곳입니다. 운영체제의 키 보관함(키체인, 암호 지갑)을 켜고 다시 시도해 주세요.</source>
        <translation>A key store guards the secret key of this PC. Turn on your system’s key store (keychain, password wallet) and try again.</translation>
    </message>
    <message>
        <source>키 보관함이 잠겨 있습니다.</source>
        <translation>The key store is locked.</translation>
    </message>
    <message>
        <source>운영체제가 키 보관함의 암호를 물으면 입력해 주세요. 창이 보이지 않으면 로그아웃했다가 다시 로그인한 뒤 시도해 주세요.</source>
        <translation>If your system asks for the key store’s password, type it. If you see no window, log out, log in again and try again.</translation>
    </message>
    <message>
        <source>키 보관함이 응답하지 않습니다.</source>
        <translation>The key store does not respond.</translation>
    </message>
    <message>
        <source>잠시 뒤에 다시 시도해 주세요. 계속되면 PC를 다시 시작해 주세요.</source>
        <translation>Try again in a moment. If it goes on, restart the PC.</translation>
    </message>
    <message>
        <source>키 보관함을 쓸 수 없다면</source>
        <translation>If there is no key store</translation>
    </message>
    <message>
        <source>비밀 키를 이 사용자만 읽을 수 있는 파일에 둘 수 있어요. 키 보관함보다 약해서, 이 PC의 파일을 복사한 사람이 키도 가져갈 수 있습니다. 그래도 비밀번호는 서버의 확인 없이 맞혀 볼 수 없습니다.</source>
        <translation>You can keep the secret key in a file that only you can read. This is weaker: someone who copies the files of this PC gets the key too. Still, nobody can try out PINs without the server.</translation>
    </message>
    <message>
        <source>이 PC의 지금 등록은 키 보관함 없이는 열 수 없어서, 키 파일을 쓰려면 다시 등록해야 해요.</source>
        <translation>The registration on this PC does not open without its key store, so to use a key file you have to register again.</translation>
    </message>
    <message>
        <source>키 파일로 계속하기</source>
        <translation>Go on with a key file</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>Keyboard</name>
    <message>
        <source>쌍자음</source>
        <translation>Shift</translation>
    </message>
    <message>
        <source>띄어쓰기</source>
        <translation>Space</translation>
    </message>
    <message>
        <source>대문자</source>
        <translation>Capitals</translation>
    </message>
    <message>
        <source>영문 자판으로</source>
        <translation>To Latin letters</translation>
    </message>
    <message>
        <source>한글 자판으로</source>
        <translation>To Korean letters</translation>
    </message>
</context>
<context>
    <name>Kiosk</name>
    <message>
        <source>아직 준비되지 않은 키오스크입니다.</source>
        <translation>This kiosk is not set up yet.</translation>
    </message>
    <message>
        <source>관리자가 터미널에서 motp-desktop kiosk enrol을 실행해 이 PC를 등록해야 합니다.</source>
        <translation>An administrator enrols this PC by running motp-desktop kiosk enrol in a terminal.</translation>
    </message>
    <message>
        <source>이 키오스크는 더 쓸 수 없습니다.</source>
        <translation>This kiosk cannot be used any more.</translation>
    </message>
    <message>
        <source>키오스크 등록이 폐기되었거나 이 PC의 비밀 열쇠가 없어졌습니다. 관리자가 새 코드로 다시 등록해야 합니다.</source>
        <translation>The kiosk was revoked, or this PC has lost its secret key. An administrator must enrol it again with a new code.</translation>
    </message>
    <message>
        <source>관리자를 불러 주세요.</source>
        <translation>Please call an administrator.</translation>
    </message>
    <message>
        <source>이 키오스크는 잠시 쓸 수 없습니다.</source>
        <translation>This kiosk cannot be used for now.</translation>
    </message>
    <message>
        <source>헬프데스크에서 잠갔습니다. 직원에게 물어봐 주세요.</source>
        <translation>The helpdesk has locked it. Please ask the staff.</translation>
    </message>
    <message>
        <source>지금은 운영 시간이 아닙니다.</source>
        <translation>The kiosk is closed now.</translation>
    </message>
    <message>
        <source>월</source>
        <translation>Mon</translation>
    </message>
    <message>
        <source>화</source>
        <translation>Tue</translation>
    </message>
    <message>
        <source>수</source>
        <translation>Wed</translation>
    </message>
    <message>
        <source>목</source>
        <translation>Thu</translation>
    </message>
    <message>
        <source>금</source>
        <translation>Fri</translation>
    </message>
    <message>
        <source>토</source>
        <translation>Sat</translation>
    </message>
    <message>
        <source>일</source>
        <translation>Sun</translation>
    </message>
    <message>
        <source>운영 시간: {days} {opens}–{closes}</source>
        <translation>Opening hours: {days} {opens}–{closes}</translation>
    </message>
    <message>
        <source>지금 인터넷에 연결되어 있지 않습니다.</source>
        <translation>There is no internet connection now.</translation>
    </message>
    <message>
        <source>급하면 훈련 사이트의 인증 창에서 본인인증(휴대폰)을 쓸 수 있어요. 연결되면 저절로 다시 쓸 수 있습니다.</source>
        <translation>If it is urgent, use phone identity verification in the training site&apos;s window. The kiosk comes back by itself once it is connected.</translation>
    </message>
    <message>
        <source>{n}초 뒤에 화면을 지웁니다.</source>
        <translation>The screen will be cleared in {n} seconds.</translation>
    </message>
    <message>
        <source>계속하려면 화면을 만지거나 아무 키나 눌러 주세요.</source>
        <translation>To go on, touch the screen or press any key.</translation>
    </message>
    <message>
        <source>끝내기 비밀번호는 6자리 이상입니다.</source>
        <translation>The exit PIN has at least 6 digits.</translation>
    </message>
    <message>
        <source>여러 번 맞지 않아 잠겼습니다. {time} 뒤에 다시 해 주세요.</source>
        <translation>It was wrong too often and is locked. Try again in {time}.</translation>
    </message>
    <message>
        <source>끝내기 비밀번호가 맞지 않습니다. {n}번 더 할 수 있어요.</source>
        <translation>The exit PIN is wrong. Tries left: {n}.</translation>
    </message>
    <message>
        <source>휴대전화 번호를 눌러 주세요.</source>
        <translation>Enter your mobile number.</translation>
    </message>
    <message>
        <source>처음이면 등록하고, 등록했으면 비밀번호를 입력해요.</source>
        <translation>The first time you register; after that you enter your PIN.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>확인</source>
        <translation>OK</translation>
    </message>
    <message>
        <source>휴대전화 번호가 아니에요. 010-1234-5678처럼 눌러 주세요.</source>
        <translation>This is not a mobile number. Enter it like 010-1234-5678.</translation>
    </message>
    <message>
        <source>휴대전화 번호 {number}</source>
        <translation>Mobile number {number}</translation>
    </message>
    <message>
        <source>키오스크 끝내기</source>
        <translation>Leave the kiosk</translation>
    </message>
    <message>
        <source>관리자의 끝내기 비밀번호를 입력해 주세요.</source>
        <translation>Enter the administrator&apos;s exit PIN.</translation>
    </message>
    <message>
        <source>끝내기 비밀번호</source>
        <translation>Exit PIN</translation>
    </message>
    <message>
        <source>끝내기</source>
        <translation>Leave</translation>
    </message>
    <message>
        <source>돌아가기</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>준비하고 있어요.</source>
        <translation>Getting ready.</translation>
    </message>
    <message>
        <source>고대비</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>음성 안내</source>
        <translation>Voice guidance</translation>
    </message>
    <message>
        <source>처음 화면으로</source>
        <translation>Start again</translation>
    </message>
    <message>
        <source>이 키오스크에 처음 오셨네요.</source>
        <translation>You are new at this kiosk.</translation>
    </message>
    <message>
        <source>{number} 번호는 여기에 등록되어 있지 않아요.</source>
        <translation>The number {number} is not registered here.</translation>
    </message>
    <message>
        <source>이름을 입력하고 비밀번호를 정해요.</source>
        <translation>Enter your name and choose a PIN.</translation>
    </message>
    <message>
        <source>이 번호로 오는 문자의 인증번호를 눌러요.</source>
        <translation>Enter the code from the text message to this number.</translation>
    </message>
    <message>
        <source>등록은 이 키오스크에서만 쓸 수 있고, 집의 PC 등록은 그대로예요.</source>
        <translation>The registration works at this kiosk only; that of your PC at home stays as it is.</translation>
    </message>
    <message>
        <source>여기서 등록하기</source>
        <translation>Register here</translation>
    </message>
    <message>
        <source>번호를 잘못 눌렀어요</source>
        <translation>The number is wrong</translation>
    </message>
    <message>
        <source>이름을 입력해 주세요.</source>
        <translation>Enter your name.</translation>
    </message>
    <message>
        <source>훈련기관에 {number}로 등록한 이름</source>
        <translation>Name given to the institution with {number}</translation>
    </message>
    <message>
        <source>처음 화면에서 번호를 다시 누르면 새로 등록할 수 있어요.</source>
        <translation>Start again and enter your number: you can then register anew.</translation>
    </message>
    <message>
        <source>인증번호가 나왔습니다.</source>
        <translation>Your code is on the screen.</translation>
    </message>
    <message>
        <source>다 썼어요</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>시간이 지났거나 인증번호가 여러 번 맞지 않아 처음부터 다시 확인합니다.</source>
        <translation>The time ran out or the code was wrong too often: please start the check again.</translation>
    </message>
    <message>
        <source>계속하기</source>
        <translation>Continue</translation>
    </message>
</context>
<context>
    <name>KioskCard</name>
    <message>
        <source>상태</source>
        <translation>State</translation>
    </message>
    <message>
        <source>마지막 연결</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>등록한 때</source>
        <translation>Enrolled</translation>
    </message>
    <message>
        <source>PC 시계</source>
        <translation>PC clock</translation>
    </message>
    <message>
        <source>시스템</source>
        <translation>System</translation>
    </message>
    <message>
        <source>설정</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>번호</source>
        <translation>Id</translation>
    </message>
</context>
<context>
    <name>Kiosks</name>
    <message>
        <source>등록 기다림</source>
        <translation>Awaited</translation>
    </message>
    <message>
        <source>코드 만료</source>
        <translation>Code expired</translation>
    </message>
    <message>
        <source>잠김</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>폐기됨</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>연결 없음</source>
        <translation>No contact</translation>
    </message>
    <message>
        <source>사용 중</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>최신</source>
        <translation>Newest</translation>
    </message>
    <message>
        <source>새 설정 기다림</source>
        <translation>Outdated</translation>
    </message>
    <message>
        <source>키오스크 잠그기</source>
        <translation>Lock the kiosk</translation>
    </message>
    <message>
        <source>키오스크 잠금 풀기</source>
        <translation>Unlock the kiosk</translation>
    </message>
    <message>
        <source>여기서는 바로 아무도 인증하지 못합니다. 화면은 1~2분 안에 잠긴 것으로 바뀝니다. [키오스크 잠금 풀기]로 되돌릴 수 있습니다.</source>
        <translation>Nobody can be checked there from now on. Its screen says so within a minute or two. [Unlock the kiosk] takes it back.</translation>
    </message>
    <message>
        <source>다시 쓸 수 있게 합니다. 화면은 1~2분 안에 돌아옵니다.</source>
        <translation>It can be used again. Its screen is back within a minute or two.</translation>
    </message>
    <message>
        <source>키오스크를 잠갔습니다.</source>
        <translation>The kiosk is locked.</translation>
    </message>
    <message>
        <source>키오스크의 잠금을 풀었습니다.</source>
        <translation>The kiosk is unlocked.</translation>
    </message>
    <message>
        <source>{role} 역할은 볼 수만 있습니다.</source>
        <translation>The role {role} may only look.</translation>
    </message>
    <message>
        <source>등록된 키오스크만 잠글 수 있습니다.</source>
        <translation>Only an enrolled kiosk can be locked.</translation>
    </message>
    <message>
        <source>이미 잠겨 있습니다.</source>
        <translation>It is locked already.</translation>
    </message>
    <message>
        <source>잠겨 있지 않습니다.</source>
        <translation>It is not locked.</translation>
    </message>
</context>
<context>
    <name>KiosksPage</name>
    <message>
        <source>키오스크</source>
        <translation>Kiosks</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>새로 고침</source>
        <translation>Refresh</translation>
    </message>
    <message>
        <source>키오스크가 없습니다. 운영자가 서버에서 더합니다.</source>
        <translation>There are no kiosks. An operator adds them at the verifier.</translation>
    </message>
    <message>
        <source>상태</source>
        <translation>State</translation>
    </message>
    <message>
        <source>이름</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>훈련기관</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>마지막 연결</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>오늘 쓴 사람</source>
        <translation>Users today</translation>
    </message>
    <message>
        <source>버전</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>설정</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>불러오고 있어요.</source>
        <translation>Loading.</translation>
    </message>
    <message>
        <source>{time} 현재</source>
        <translation>As of {time}</translation>
    </message>
</context>
<context>
    <name>Legend</name>
    <message>
        <source>인증됨</source>
        <translation>Accepted</translation>
    </message>
    <message>
        <source>안 됨</source>
        <translation>Rejected</translation>
    </message>
</context>
<context>
    <name>Links</name>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
    <message>
        <source>요청 보기</source>
        <translation>Show the request</translation>
    </message>
    <message>
        <source>훈련 사이트가 승인을 기다려요.</source>
        <translation>A training site waits for your approval.</translation>
    </message>
    <message>
        <source>비밀번호를 입력하면 요청이 열려요.</source>
        <translation>Type your PIN, and the request opens.</translation>
    </message>
    <message>
        <source>답을 기다리는 승인 요청이 있어요.</source>
        <translation>A request for approval waits for your answer.</translation>
    </message>
    <message>
        <source>승인 요청의 시간이 지났습니다.</source>
        <translation>The time for the request is over.</translation>
    </message>
    <message>
        <source>앱이 잠기면서 승인 요청을 닫았어요.</source>
        <translation>The app locked and closed the request for approval.</translation>
    </message>
    <message>
        <source>비밀번호를 입력한 뒤 훈련 사이트에서 [mOTP 앱으로 인증]을 다시 눌러 주세요.</source>
        <translation>Type your PIN, then press [Confirm with the mOTP app] on the training site again.</translation>
    </message>
    <message>
        <source>승인하려면 먼저 이 PC를 등록해야 해요.</source>
        <translation>To approve, register this PC first.</translation>
    </message>
    <message>
        <source>등록을 마친 뒤 훈련 사이트에서 다시 요청해 주세요. 급하면 인증 창에서 본인인증(휴대폰)을 쓸 수 있어요.</source>
        <translation>After that, ask again on the training site. If it is urgent, use identity verification by phone there.</translation>
    </message>
    <message>
        <source>지금은 이 PC로 승인할 수 없습니다.</source>
        <translation>This PC cannot approve now.</translation>
    </message>
    <message>
        <source>아래 안내대로 해결한 뒤 훈련 사이트에서 다시 요청해 주세요.</source>
        <translation>Do as it says below, then ask again on the training site.</translation>
    </message>
    <message>
        <source>다른 인증 서버의 요청이라 열지 않았어요.</source>
        <translation>The request is from another server, so it was not opened.</translation>
    </message>
    <message>
        <source>이 PC가 쓰는 서버의 요청만 승인할 수 있어요. 훈련 사이트의 안내를 확인해 주세요.</source>
        <translation>Only requests of the server that this PC uses can be approved. Please read what the training site says.</translation>
    </message>
</context>
<context>
    <name>LockWarning</name>
    <message>
        <source>계속 보기</source>
        <translation>Keep it open</translation>
    </message>
</context>
<context>
    <name>Log</name>
    <message>
        <source>앱 기록</source>
        <translation>App log</translation>
    </message>
    <message>
        <source>앱이 한 일을 적은 기록이에요. 비밀번호와 인증번호는 적지 않습니다.</source>
        <translation>This is what the app did. PINs and codes are never written here.</translation>
    </message>
    <message>
        <source>돌아가기</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>아직 기록이 없어요.</source>
        <translation>Nothing has been logged yet.</translation>
    </message>
</context>
<context>
    <name>Menu</name>
    <message>
        <source>개인정보 동의 철회</source>
        <translation>Withdraw my consent</translation>
    </message>
    <message>
        <source>비밀번호 바꾸기</source>
        <translation>Change the PIN</translation>
    </message>
    <message>
        <source>다른 PC로 옮기기</source>
        <translation>Move to another PC</translation>
    </message>
    <message>
        <source>등록 초기화</source>
        <translation>Reset the registration</translation>
    </message>
    <message>
        <source>이 PC의 상태</source>
        <translation>Status of this PC</translation>
    </message>
    <message>
        <source>설정</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>로그인할 때 함께 시작</source>
        <translation>Start when I log in</translation>
    </message>
</context>
<context>
    <name>Message</name>
    <message>
        <source>헬프데스크 문의 코드: {code}</source>
        <translation>Code for the helpdesk: {code}</translation>
    </message>
</context>
<context>
    <name>MoveDevice</name>
    <message>
        <source>다른 PC로 옮기기</source>
        <translation>Move to another PC</translation>
    </message>
    <message>
        <source>옮길 파일은 없어요. 새 PC에서 다시 등록하면 됩니다.</source>
        <translation>There is nothing to copy. Just register again on the new PC.</translation>
    </message>
    <message>
        <source>새 PC에 이 앱을 설치하고 열어요.</source>
        <translation>Install this app on the new PC and open it.</translation>
    </message>
    <message>
        <source>같은 이름과 휴대전화 번호로 본인인증을 해요.</source>
        <translation>Verify your identity with the same name and phone number.</translation>
    </message>
    <message>
        <source>새 PC에서 등록을 마치면 이 PC의 등록은 저절로 끝나고, 문자로도 알려 드려요.</source>
        <translation>Once you are registered there, the registration on this PC ends by itself. A text message tells you too.</translation>
    </message>
    <message>
        <source>그때까지 이 PC를 계속 쓸 수 있어요. 미리 초기화하지 않아도 됩니다.</source>
        <translation>Until then you can go on using this PC. You do not need to reset it first.</translation>
    </message>
    <message>
        <source>알겠어요</source>
        <translation>Got it</translation>
    </message>
</context>
<context>
    <name>NameCode</name>
    <message>
        <source>본인 명의 확인 2단계 중 2단계</source>
        <translation>Phone in your name, step 2 of 2</translation>
    </message>
    <message>
        <source>정보 다시 입력</source>
        <translation>Change my details</translation>
    </message>
</context>
<context>
    <name>NameDone</name>
    <message>
        <source>본인 명의가 확인되었습니다.</source>
        <translation>The phone is in your own name.</translation>
    </message>
    <message>
        <source>이제 수강료를 환급받는 과정에서도 인증번호를 쓸 수 있어요.</source>
        <translation>You can now use your codes in refunded courses too.</translation>
    </message>
    <message>
        <source>인증번호 보기</source>
        <translation>Show my code</translation>
    </message>
</context>
<context>
    <name>NameProof</name>
    <message>
        <source>알뜰폰 (SKT)</source>
        <translation>Budget (SKT)</translation>
    </message>
    <message>
        <source>알뜰폰 (KT)</source>
        <translation>Budget (KT)</translation>
    </message>
    <message>
        <source>알뜰폰 (LG U+)</source>
        <translation>Budget (LG U+)</translation>
    </message>
    <message>
        <source>통신사를 골라 주세요.</source>
        <translation>Choose your carrier.</translation>
    </message>
    <message>
        <source>생년월일 6자리를 900301처럼 입력해 주세요.</source>
        <translation>Enter your date of birth as six digits, like 900301.</translation>
    </message>
    <message>
        <source>뒤의 첫 숫자는 1부터 8까지예요. 다시 확인해 주세요.</source>
        <translation>The digit after it is from 1 to 8. Check it again.</translation>
    </message>
    <message>
        <source>통신사에 등록된 정보와 맞지 않습니다.</source>
        <translation>Your carrier has other details.</translation>
    </message>
    <message>
        <source>통신사와 생년월일을 다시 확인해 주세요. 가족이나 회사 명의의 휴대전화라면 본인 명의의 번호로 새로 등록해야 해요.</source>
        <translation>Check the carrier and the date of birth. If the phone is in the name of your family or company, register anew with a number in your own name.</translation>
    </message>
    <message>
        <source>인증 시간이 지났습니다.</source>
        <translation>The time for this is over.</translation>
    </message>
    <message>
        <source>시간이 지났거나 인증번호가 여러 번 맞지 않았습니다. 인증번호를 다시 받아 주세요.</source>
        <translation>It took too long, or the code was wrong too often. Get another code.</translation>
    </message>
</context>
<context>
    <name>NextSteps</name>
    <message>
        <source>앱에 지금 보이는 번호를 다시 입력해 달라고 하세요. 그래도 안 되면 훈련기관의 사이트 문제인지 확인하세요.</source>
        <translation>Have the trainee enter the code that the app shows now. If that fails, look whether the training site is at fault.</translation>
    </message>
    <message>
        <source>인터넷에 연결한 채 앱을 닫았다가 다시 열어 달라고 하세요. PC의 날짜와 시각도 자동 설정으로 바꾸게 하세요.</source>
        <translation>Have the trainee close and open the app while online, and set the PC’s date and time to automatic.</translation>
    </message>
    <message>
        <source>본인인지 확인하고 [비밀번호 잠금 풀기]를 누르세요. 전에 한 번 풀었거나 비밀번호가 기억나지 않으면 앱에서 새로 등록하게 하세요.</source>
        <translation>Make sure who is calling, then press [Lift PIN lock]. If it was lifted before or the PIN is forgotten, have the trainee register anew in the app.</translation>
    </message>
    <message>
        <source>본인이 입력했는지 확인하고 [인증번호 잠금 풀기]를 누르세요. 훈련생이 휴대폰 본인인증을 해도 풀립니다.</source>
        <translation>Make sure that the trainee typed them, then press [Lift code lock]. A phone check by the trainee lifts it too.</translation>
    </message>
    <message>
        <source>누가 번호를 입력했는지 시간표에서 확인하세요. 본인이면 [인증번호 잠금 풀기]를, 아니면 [일시 정지]를 누르세요.</source>
        <translation>Look in the time line who entered them. If it was the trainee press [Lift code lock], if not [Suspend].</translation>
    </message>
    <message>
        <source>번호는 한 번만 쓸 수 있습니다. 앱의 번호가 바뀐 뒤 새 번호를 입력하게 하세요.</source>
        <translation>A code works once. Have the trainee wait for the next one and enter that.</translation>
    </message>
    <message>
        <source>번호를 적어 두지 말고, 앱에 지금 보이는 번호를 남은 시간 안에 입력하게 하세요.</source>
        <translation>Have the trainee enter the code that the app shows now, within the time left, and write none down.</translation>
    </message>
    <message>
        <source>정지한 사유를 시간표에서 확인하세요. 풀어도 되면 [정지 풀기]를 누르세요.</source>
        <translation>Look in the time line why. If the reason is gone, press [Resume].</translation>
    </message>
    <message>
        <source>해지는 되돌릴 수 없습니다. 앱에서 새로 등록하게 하세요.</source>
        <translation>This cannot be taken back. Have the trainee register anew in the app.</translation>
    </message>
    <message>
        <source>본인이 자료를 옮겼는지 물어보세요. 앱에서 새로 등록하게 하고, 본인이 모르는 일이면 보안 담당자에게 알리세요.</source>
        <translation>Ask whether the trainee moved the data. Have them register anew in the app; if they know nothing of it, tell the security officer.</translation>
    </message>
    <message>
        <source>새로 등록한 기기의 앱을 쓰게 하세요. 본인이 등록하지 않았다면 그 등록을 [일시 정지]하세요.</source>
        <translation>Have the trainee use the app on the new device. If they did not register it, press [Suspend].</translation>
    </message>
    <message>
        <source>계속 쓰려면 앱에서 동의하고 새로 등록하게 하세요. 원하지 않으면 훈련 사이트의 휴대폰 본인인증을 안내하세요.</source>
        <translation>To go on, the trainee agrees and registers anew in the app. Otherwise point them to the phone check on the training site.</translation>
    </message>
    <message>
        <source>훈련기관에 등록된 이름과 번호를 훈련생과 맞춰 보세요. 명단이 틀리면 훈련기관이 고치고, 그다음 앱에서 다시 등록하게 하세요.</source>
        <translation>Compare the name and number on the roster with the trainee’s. If the roster is wrong the institution mends it; then have the trainee register again.</translation>
    </message>
    <message>
        <source>앱을 설치하고 등록하게 하세요. 이름과 번호는 훈련 사이트와 같아야 합니다.</source>
        <translation>Have the trainee install the app and register, with the same name and number as on the training site.</translation>
    </message>
    <message>
        <source>앱을 열어 등록을 마치게 하세요. 10분이 지났으면 처음부터 다시 하면 됩니다.</source>
        <translation>Have the trainee open the app and finish. After 10 minutes it begins anew.</translation>
    </message>
    <message>
        <source>앱의 인증번호 화면에서 바뀐 동의서를 읽고 동의하게 하세요.</source>
        <translation>Have the trainee read and agree to the new document on the app’s code screen.</translation>
    </message>
    <message>
        <source>PC의 인터넷과 프록시를 확인하게 하고, 앱 메뉴의 [이 PC의 상태]에서 [서버에 다시 확인]을 누르게 하세요.</source>
        <translation>Have the trainee check the PC’s internet and proxy, then press [Ask the verifier again] under [Status of this PC] in the app’s menu.</translation>
    </message>
    <message>
        <source>앱에서 [본인 명의 확인하기]를 누르게 하세요. 다른 사람 명의의 휴대전화로는 수강료가 지원되는 과정을 들을 수 없습니다.</source>
        <translation>Have the trainee press [Confirm my phone] in the app. A phone in another name cannot be used for courses with a tuition refund.</translation>
    </message>
    <message>
        <source>앱을 새 버전으로 바꾸게 하세요. 등록은 그대로 남습니다.</source>
        <translation>Have the trainee update the app. The registration stays.</translation>
    </message>
</context>
<context>
    <name>NotOnRoster</name>
    <message>
        <source>훈련생 명단에서 찾지 못했습니다.</source>
        <translation>We did not find you on the list of trainees.</translation>
    </message>
    <message>
        <source>번호는 확인되었지만, 이 이름과 번호로 등록된 훈련생이 없습니다. 아래를 확인해 주세요.</source>
        <translation>The number is confirmed, but no trainee has this name and number. Please check:</translation>
    </message>
    <message>
        <source>훈련기관에 등록한 이름과 글자까지 같은가요?</source>
        <translation>Is the name spelled exactly as at your institution?</translation>
    </message>
    <message>
        <source>훈련기관에 등록한 휴대전화 번호가 이 번호인가요?</source>
        <translation>Does your institution have this mobile number?</translation>
    </message>
    <message>
        <source>본인 명의가 아닌 휴대전화는 쓸 수 없어요.</source>
        <translation>A phone that is not in your own name cannot be used.</translation>
    </message>
    <message>
        <source>모두 맞다면 훈련기관에 명단을 확인해 달라고 해 주세요.</source>
        <translation>If all of this is right, ask your institution to check its list.</translation>
    </message>
    <message>
        <source>다시 입력</source>
        <translation>Type again</translation>
    </message>
    <message>
        <source>등록 그만두기</source>
        <translation>Stop registering</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>필수 본인 인증 안내</source>
        <translation>Identity verification is required</translation>
    </message>
    <message>
        <source>원격훈련을 들으려면 본인임을 확인해야 합니다. 이 PC를 한 번 등록하면 인증번호로 간편하게 확인할 수 있어요.</source>
        <translation>To take part in remote training you must show that you are you. Register this PC once, and a code is all you need.</translation>
    </message>
    <message>
        <source>훈련기관에 등록된 이름과 휴대전화 번호</source>
        <translation>Your name and mobile number as your institution has them</translation>
    </message>
    <message>
        <source>문자를 받을 수 있는 본인 명의 휴대전화</source>
        <translation>A phone in your own name that receives text messages</translation>
    </message>
    <message>
        <source>3분쯤 걸려요.</source>
        <translation>It takes about 3 minutes.</translation>
    </message>
    <message>
        <source>인증하기</source>
        <translation>Start</translation>
    </message>
</context>
<context>
    <name>PeoplePage</name>
    <message>
        <source>훈련생 찾기</source>
        <translation>Find a trainee</translation>
    </message>
    <message>
        <source>이름, 전화번호, 번호 뒤 네 자리</source>
        <translation>Name, phone number, or its last four digits</translation>
    </message>
    <message>
        <source>순서</source>
        <translation>Order</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>이름</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>전화번호</source>
        <translation>Phone number</translation>
    </message>
    <message>
        <source>상태</source>
        <translation>State</translation>
    </message>
    <message>
        <source>훈련기관</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>마지막 연결</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>찾은 훈련생</source>
        <translation>Trainees found</translation>
    </message>
    <message>
        <source>번호는 뒤 네 자리부터 찾을 수 있어요.</source>
        <translation>Numbers are found from their last four digits on.</translation>
    </message>
    <message>
        <source>찾고 있어요.</source>
        <translation>Searching.</translation>
    </message>
    <message>
        <source>이름이나 번호를 넣으면 바로 찾아요.</source>
        <translation>Type a name or number to search.</translation>
    </message>
    <message>
        <source>찾은 사람이 없어요. 철자와 번호를 다시 확인해 주세요.</source>
        <translation>Nobody was found. Check the spelling and the number.</translation>
    </message>
    <message>
        <source>{count}명 이상입니다.</source>
        <translation>{count} or more</translation>
    </message>
    <message>
        <source>{count}명</source>
        <translation>{count} found</translation>
    </message>
</context>
<context>
    <name>PersonPanel</name>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>훈련생을 고르면 여기에 무엇이 문제인지 보여 드립니다.</source>
        <translation>Choose a trainee to see here what is wrong.</translation>
    </message>
    <message>
        <source>불러오고 있어요.</source>
        <translation>Loading.</translation>
    </message>
    <message>
        <source>다시 가리기</source>
        <translation>Mask again</translation>
    </message>
</context>
<context>
    <name>PersonPlots</name>
    <message>
        <source>지난 30일의 인증</source>
        <translation>Checks of the last 30 days</translation>
    </message>
    <message>
        <source>PC 시계</source>
        <translation>PC clock</translation>
    </message>
    <message>
        <source>1시간 느림</source>
        <translation>1 hour slow</translation>
    </message>
    <message>
        <source>1시간 빠름</source>
        <translation>1 hour fast</translation>
    </message>
    <message>
        <source>인증됨 {accepted}번, 안 됨 {rejected}번.</source>
        <translation>{accepted} accepted, {rejected} rejected.</translation>
    </message>
    <message>
        <source>{day}: 안 됨 {n}번.</source>
        <translation>{day}: {n} rejected.</translation>
    </message>
</context>
<context>
    <name>PersonalDetails</name>
    <message>
        <source>이름과 휴대전화 번호</source>
        <translation>Name and number</translation>
    </message>
    <message>
        <source>훈련기관에 등록한 것과 똑같이 입력해 주세요.</source>
        <translation>Type them exactly as your institution has them.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>이름</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>휴대전화 번호</source>
        <translation>Mobile number</translation>
    </message>
    <message>
        <source>본인 명의의 휴대전화여야 해요. 이 번호로 인증번호 문자를 보냅니다.</source>
        <translation>The phone must be in your own name. We send a code to this number.</translation>
    </message>
    <message>
        <source>다음</source>
        <translation>Next</translation>
    </message>
    <message>
        <source>이름을 한글이나 영문으로 입력해 주세요.</source>
        <translation>Type your name in Korean or English letters.</translation>
    </message>
    <message>
        <source>휴대전화 번호가 아니에요. 010-1234-5678처럼 입력해 주세요.</source>
        <translation>This is not a mobile number. Type it like 010-1234-5678.</translation>
    </message>
    <message>
        <source>예: 홍길동</source>
        <translation>For example 홍길동</translation>
    </message>
    <message>
        <source>인증 시간이 지났습니다.</source>
        <translation>The time for verification is over.</translation>
    </message>
    <message>
        <source>시간이 지났거나 인증번호가 여러 번 맞지 않아 처음부터 다시 확인합니다. 입력한 이름과 번호는 그대로 있어요.</source>
        <translation>It took too long, or the code was wrong several times, so we start again. Your name and number are still there.</translation>
    </message>
</context>
<context>
    <name>PhoneField</name>
    <message>
        <source>휴대전화 번호 앞 3자리</source>
        <translation>Mobile number, first 3 digits</translation>
    </message>
    <message>
        <source>휴대전화 번호 가운데 4자리</source>
        <translation>Mobile number, middle 4 digits</translation>
    </message>
    <message>
        <source>휴대전화 번호 끝 4자리</source>
        <translation>Mobile number, last 4 digits</translation>
    </message>
</context>
<context>
    <name>Pin</name>
    <message>
        <source>비밀번호는 숫자로만 정할 수 있어요.</source>
        <translation>A PIN has digits only.</translation>
    </message>
    <message>
        <source>비밀번호가 짧아요. {n}자리 이상으로 정해 주세요.</source>
        <translation>The PIN is too short. Choose at least {n} digits.</translation>
    </message>
    <message>
        <source>비밀번호가 길어요. {n}자리까지 정할 수 있어요.</source>
        <translation>The PIN is too long. Choose at most {n} digits.</translation>
    </message>
    <message>
        <source>많이 쓰는 번호라서 남이 쉽게 맞힐 수 있어요. 다른 번호로 정해 주세요.</source>
        <translation>Many people use this number, so it is easy to guess. Choose another one.</translation>
    </message>
    <message>
        <source>내 전화번호에 들어 있는 숫자예요. 다른 번호로 정해 주세요.</source>
        <translation>These digits are in your phone number. Choose others.</translation>
    </message>
    <message>
        <source>두 번호가 달라요. 처음부터 다시 정해 주세요.</source>
        <translation>The two PINs differ. Choose a PIN again.</translation>
    </message>
    <message>
        <source>지금 비밀번호와 같아요. 다른 번호로 정해 주세요.</source>
        <translation>This is the PIN that you have now. Choose another one.</translation>
    </message>
    <message>
        <source>비밀번호를 {n}자리 이상 입력해 주세요.</source>
        <translation>Enter at least {n} digits of your PIN.</translation>
    </message>
    <message>
        <source>비밀번호가 맞지 않습니다. {n}번 더 시도할 수 있어요. 모두 틀리면 등록이 잠깁니다.</source>
        <translation>The PIN is wrong. Tries left: {n}. After that the registration locks.</translation>
    </message>
</context>
<context>
    <name>PinDots</name>
    <message>
        <source>{count}자리 입력했어요</source>
        <translation>Digits entered: {count}</translation>
    </message>
    <message>
        <source>숫자 키로 입력해 주세요.</source>
        <translation>Type it with the number keys.</translation>
    </message>
</context>
<context>
    <name>PinPad</name>
    <message>
        <source>한 자리 지우기</source>
        <translation>Delete one digit</translation>
    </message>
</context>
<context>
    <name>ProveName</name>
    <message>
        <source>본인 명의 확인 2단계 중 1단계</source>
        <translation>Phone in your name, step 1 of 2</translation>
    </message>
    <message>
        <source>본인 명의 확인</source>
        <translation>Is the phone in your name?</translation>
    </message>
    <message>
        <source>수강료를 환급받으려면 휴대전화가 본인 명의여야 해요. 통신사에 확인합니다.</source>
        <translation>For a refund the phone must be in your own name. We ask your carrier.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>통신사</source>
        <translation>Carrier</translation>
    </message>
    <message>
        <source>생년월일과 뒤 첫 숫자</source>
        <translation>Date of birth and next digit</translation>
    </message>
    <message>
        <source>주민등록번호의 앞 7자리예요. 통신사 확인에만 쓰고 저장하지 않아요.</source>
        <translation>The first 7 digits of your resident registration number. Only for your carrier; we do not keep them.</translation>
    </message>
    <message>
        <source>인증번호 받기</source>
        <translation>Send me a code</translation>
    </message>
    <message>
        <source>통신사에 확인하고 있어요.</source>
        <translation>Asking your carrier.</translation>
    </message>
</context>
<context>
    <name>Question</name>
    <message>
        <source>사유</source>
        <translation>Reason</translation>
    </message>
    <message>
        <source>감사 기록에 남습니다. 이름과 전화번호는 적지 마세요.</source>
        <translation>The audit keeps it. Leave out names and numbers.</translation>
    </message>
    <message>
        <source>그만두기</source>
        <translation>Cancel</translation>
    </message>
    <message>
        <source>처리하고 있어요.</source>
        <translation>Working on it.</translation>
    </message>
    <message>
        <source>훈련기관</source>
        <translation>Institution</translation>
    </message>
    <message>
        <source>인증</source>
        <translation>Check</translation>
    </message>
</context>
<context>
    <name>ReadingStatus</name>
    <message>
        <source>QR 코드를 찾지 못했습니다.</source>
        <translation>No QR code was found.</translation>
    </message>
    <message>
        <source>QR 코드가 가려지지 않게, 더 크고 또렷하게 보이는 그림을 써 주세요.</source>
        <translation>Use a picture in which the QR code is whole, larger and sharper.</translation>
    </message>
    <message>
        <source>mOTP 상태가 아닌 QR 코드입니다.</source>
        <translation>This QR code is no mOTP status.</translation>
    </message>
    <message>
        <source>훈련생에게 앱 메뉴의 [이 PC의 상태]에서 QR 코드를 열어 달라고 하세요.</source>
        <translation>Ask the trainee to open the QR code under [Status of this PC] in the app’s menu.</translation>
    </message>
    <message>
        <source>이 PC에는 QR 코드를 읽는 부품이 없습니다.</source>
        <translation>This PC has nothing to read QR codes with.</translation>
    </message>
    <message>
        <source>관리자에게 motp-desktop[helpdesk] 설치를 부탁하세요. 그동안은 짧은 코드를 물어보세요.</source>
        <translation>Ask an administrator to install motp-desktop[helpdesk]. Meanwhile ask for the short code.</translation>
    </message>
    <message>
        <source>서버가 이 상태를 인정하지 않습니다.</source>
        <translation>The server does not accept this status.</translation>
    </message>
    <message>
        <source>만든 지 10분이 지났거나, 다른 서버의 것이거나, 고쳐진 것입니다. 새 QR 코드를 열어 달라고 하세요.</source>
        <translation>It is older than 10 minutes, of another server, or was changed. Ask for a new QR code.</translation>
    </message>
    <message>
        <source>이 코드의 기기를 찾지 못했습니다.</source>
        <translation>No device has this code.</translation>
    </message>
    <message>
        <source>코드를 한 글자씩 다시 확인해 주세요.</source>
        <translation>Check the code again, character by character.</translation>
    </message>
    <message>
        <source>기기를 찾았습니다.</source>
        <translation>The device was found.</translation>
    </message>
    <message>
        <source>짧은 코드는 어느 기기인지만 알려 줍니다. 본인임을 증명하지는 않습니다.</source>
        <translation>A short code tells which device it is. It does not prove who is calling.</translation>
    </message>
    <message>
        <source>기기의 서명은 맞지만, 기기가 아는 것과 서버 기록이 다릅니다.</source>
        <translation>The device’s signature holds, but it knows other things than the server.</translation>
    </message>
    <message>
        <source>앱을 인터넷에 연결하고 다시 열면 기기가 새 상태를 알게 됩니다.</source>
        <translation>Once the app is opened online, it learns how things stand.</translation>
    </message>
    <message>
        <source>이 기기가 서명했고, 서버 기록과 같습니다.</source>
        <translation>Signed by this device, and as the server knows it.</translation>
    </message>
    <message>
        <source>상태</source>
        <translation>State</translation>
    </message>
    <message>
        <source>PC 시계</source>
        <translation>PC clock</translation>
    </message>
    <message>
        <source>앱 버전</source>
        <translation>App version</translation>
    </message>
    <message>
        <source>짧은 코드</source>
        <translation>Short code</translation>
    </message>
    <message>
        <source>기기</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>마지막 연결</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>사용 중</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>일시 정지</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>해지됨</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>등록을 마치지 않음</source>
        <translation>Not finished</translation>
    </message>
    <message>
        <source>모름</source>
        <translation>Unknown</translation>
    </message>
</context>
<context>
    <name>Records</name>
    <message>
        <source>{n}차시 진도</source>
        <translation>Lesson {n}</translation>
    </message>
    <message>
        <source>입과</source>
        <translation>Course entry</translation>
    </message>
    <message>
        <source>진도</source>
        <translation>Lesson</translation>
    </message>
    <message>
        <source>시험</source>
        <translation>Final test</translation>
    </message>
    <message>
        <source>과제</source>
        <translation>Assignment</translation>
    </message>
    <message>
        <source>진행평가</source>
        <translation>Progress test</translation>
    </message>
    <message>
        <source>토론</source>
        <translation>Discussion</translation>
    </message>
    <message>
        <source>기타평가</source>
        <translation>Other test</translation>
    </message>
    <message>
        <source>보충</source>
        <translation>Make-up lesson</translation>
    </message>
    <message>
        <source>기타</source>
        <translation>Other</translation>
    </message>
    <message>
        <source>인증번호</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>이 PC에서 승인</source>
        <translation>Approved on this PC</translation>
    </message>
    <message>
        <source>본인인증(휴대폰)</source>
        <translation>Identity check by phone</translation>
    </message>
    <message>
        <source>헬프데스크 임시 번호</source>
        <translation>Helpdesk code</translation>
    </message>
    <message>
        <source>완료</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>안 됨</source>
        <translation>Not taken</translation>
    </message>
    <message>
        <source>아직</source>
        <translation>To do</translation>
    </message>
    <message>
        <source>{time}에 인증됐어요.</source>
        <translation>Your code was taken at {time}.</translation>
    </message>
    <message>
        <source>{time}에 인증되지 않았습니다.</source>
        <translation>Your code was not taken at {time}.</translation>
    </message>
    <message>
        <source>번호가 다르거나 늦게 입력됐어요. 지금 보이는 번호를 입력해 주세요.</source>
        <translation>It was wrong or typed too late. Type the code that you see now.</translation>
    </message>
    <message>
        <source>이미 쓴 번호예요. 번호가 바뀌면 새 번호를 입력해 주세요.</source>
        <translation>It was used before. Wait for the next code and type that.</translation>
    </message>
    <message>
        <source>인증번호 확인이 잠겨 있어요.</source>
        <translation>Codes are locked.</translation>
    </message>
    <message>
        <source>등록된 기기가 없다고 합니다. 헬프데스크에 문의해 주세요.</source>
        <translation>No device is registered there. Ask the helpdesk.</translation>
    </message>
    <message>
        <source>등록이 정지되어 있어요. 헬프데스크에 문의해 주세요.</source>
        <translation>The registration is suspended. Ask the helpdesk.</translation>
    </message>
    <message>
        <source>이 과정은 본인 명의 확인이 필요해요.</source>
        <translation>This course needs a check that the number is in your name.</translation>
    </message>
</context>
<context>
    <name>RecordsCard</name>
    <message>
        <source>인증 기록 모두 보기</source>
        <translation>Show all checks</translation>
    </message>
    <message>
        <source>오늘 필요한 인증</source>
        <translation>Needed today</translation>
    </message>
    <message>
        <source>그 밖에 {n}건</source>
        <translation>{n} more</translation>
    </message>
    <message>
        <source>지금 알려진 것이 없어요. 훈련 사이트가 물으면 그때 입력해 주세요.</source>
        <translation>Nothing that we know of. Type a code when your training site asks.</translation>
    </message>
    <message>
        <source>최근 인증</source>
        <translation>Latest checks</translation>
    </message>
</context>
<context>
    <name>Registrations</name>
    <message>
        <source>등록된 기기</source>
        <translation>Devices</translation>
    </message>
    <message>
        <source>등록한 기기가 없습니다.</source>
        <translation>No device was registered.</translation>
    </message>
    <message>
        <source>확인됨</source>
        <translation>Verified</translation>
    </message>
    <message>
        <source>확인 안 됨</source>
        <translation>Not verified</translation>
    </message>
    <message>
        <source>마지막 연결</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>PC 시계</source>
        <translation>PC clock</translation>
    </message>
    <message>
        <source>앱 버전</source>
        <translation>App version</translation>
    </message>
    <message>
        <source>기기</source>
        <translation>Device</translation>
    </message>
    <message>
        <source>등록한 때</source>
        <translation>Registered</translation>
    </message>
    <message>
        <source>비밀번호</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>본인 명의</source>
        <translation>Own name</translation>
    </message>
    <message>
        <source>30일 동안 틀린 번호</source>
        <translation>Wrong codes in 30 days</translation>
    </message>
    <message>
        <source>{n}번</source>
        <translation>{n}</translation>
    </message>
    <message>
        <source>잠김</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>{n}번 남음</source>
        <translation>{n} tries left</translation>
    </message>
    <message>
        <source>{state}, 전에 한 번 풀었음</source>
        <translation>{state}, lifted once before</translation>
    </message>
    <message>
        <source>연달아 {n}번 틀림</source>
        <translation>{n} wrong in a row</translation>
    </message>
    <message>
        <source>{time}에 잠김</source>
        <translation>Locked at {time}</translation>
    </message>
</context>
<context>
    <name>RenewConsent</name>
    <message>
        <source>바뀐 동의서를 읽어 주세요.</source>
        <translation>Read the new document.</translation>
    </message>
    <message>
        <source>지금 동의하지 않아도 괜찮아요.</source>
        <translation>You do not have to agree now.</translation>
    </message>
    <message>
        <source>전에 동의한 내용대로 인증번호를 계속 쓸 수 있어요. 바뀐 동의서는 다음에 다시 보여 드립니다.</source>
        <translation>What you agreed to before still holds, and you can go on using codes. You will be shown the new document again.</translation>
    </message>
    <message>
        <source>더는 개인정보를 맡기고 싶지 않으면 동의를 철회할 수 있어요. 그러면 등록도 끝납니다.</source>
        <translation>If you no longer want your data to be kept, you can withdraw your consent. Your registration ends with it.</translation>
    </message>
    <message>
        <source>인증번호 보기</source>
        <translation>Show the code</translation>
    </message>
    <message>
        <source>다시 읽기</source>
        <translation>Read it again</translation>
    </message>
    <message>
        <source>개인정보 동의 철회</source>
        <translation>Withdraw my consent</translation>
    </message>
    <message>
        <source>동의서가 한 번 더 바뀌었습니다.</source>
        <translation>The document has changed once more.</translation>
    </message>
    <message>
        <source>아래의 새 동의서를 읽고 동의해 주세요.</source>
        <translation>Read the new one below, and agree to it.</translation>
    </message>
</context>
<context>
    <name>ReplaceDevice</name>
    <message>
        <source>이미 등록된 기기가 있습니다.</source>
        <translation>Another device is registered.</translation>
    </message>
    <message>
        <source>지금 등록된 기기</source>
        <translation>The registered device</translation>
    </message>
    <message>
        <source>등록한 날</source>
        <translation>Registered on</translation>
    </message>
    <message>
        <source>바꾸면 그 기기는 바로 멈춥니다.</source>
        <translation>If you go on, that device stops at once.</translation>
    </message>
    <message>
        <source>등록은 한 기기에서만 쓸 수 있어요. 내 기기가 아니라면 취소하고 헬프데스크에 알려 주세요.</source>
        <translation>A registration works on one device only. If it is not your device, cancel and tell the helpdesk.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>이 PC로 바꾸기</source>
        <translation>Use this PC instead</translation>
    </message>
    <message>
        <source>취소</source>
        <translation>Cancel</translation>
    </message>
</context>
<context>
    <name>Resetting</name>
    <message>
        <source>등록을 초기화하고 있어요.</source>
        <translation>Resetting the registration</translation>
    </message>
    <message>
        <source>이 PC에서만 지우면 서버는 철회를 모릅니다. 훈련기관이나 헬프데스크에 따로 요청해야 해요.</source>
        <translation>If you only clear this PC, the server does not know that you withdrew. You must then ask your institution or the helpdesk.</translation>
    </message>
    <message>
        <source>이 PC에서만 지우면 서버에는 등록이 남습니다. 새로 등록하면 그때 바뀝니다.</source>
        <translation>If you delete it on this PC only, the server keeps the registration until you register again.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>이 PC에서만 지우기</source>
        <translation>Delete on this PC only</translation>
    </message>
    <message>
        <source>서버에 알리고 있어요.</source>
        <translation>Telling the server.</translation>
    </message>
    <message>
        <source>동의를 철회하고 있어요.</source>
        <translation>Withdrawing your consent.</translation>
    </message>
    <message>
        <source>철회를 아직 마치지 못했습니다.</source>
        <translation>The withdrawal is not finished yet.</translation>
    </message>
    <message>
        <source>초기화를 아직 마치지 못했습니다.</source>
        <translation>The reset is not finished yet</translation>
    </message>
</context>
<context>
    <name>Settings</name>
    <message>
        <source>시스템 따름</source>
        <translation>As the system</translation>
    </message>
    <message>
        <source>밝게</source>
        <translation>Light</translation>
    </message>
    <message>
        <source>어둡게</source>
        <translation>Dark</translation>
    </message>
    <message>
        <source>고대비</source>
        <translation>High contrast</translation>
    </message>
    <message>
        <source>쓰지 않음</source>
        <translation>None</translation>
    </message>
    <message>
        <source>직접 입력</source>
        <translation>Manual</translation>
    </message>
    <message>
        <source>관리자가 정한 설정이라 바꿀 수 없어요.</source>
        <translation>Your administrator decided this. It cannot be changed here.</translation>
    </message>
    <message>
        <source>앱을 시작할 때 명령으로 정해져서 바꿀 수 없어요.</source>
        <translation>The command that started the app decided this. It cannot be changed here.</translation>
    </message>
    <message>
        <source>저장된 설정을 다 읽지 못했어요.</source>
        <translation>Not all kept settings could be read.</translation>
    </message>
    <message>
        <source>읽지 못한 것은 기본값으로 시작했고, 파일은 보관했습니다. {names}</source>
        <translation>What could not be read starts with its default, and the file was kept. {names}</translation>
    </message>
    <message>
        <source>서버 주소가 아니에요.</source>
        <translation>This is not an address of a verifier.</translation>
    </message>
    <message>
        <source>https://otp.example.kr 처럼 입력해 주세요. 훈련기관이나 헬프데스크에서 알려 드립니다.</source>
        <translation>Enter it like https://otp.example.kr. Your institution or the helpdesk tells you.</translation>
    </message>
    <message>
        <source>이 앱과 맞지 않는 서버예요.</source>
        <translation>This verifier does not fit this app.</translation>
    </message>
    <message>
        <source>앱을 새 버전으로 바꾸고 다시 해 주세요.</source>
        <translation>Install the newest app and try again.</translation>
    </message>
    <message>
        <source>인증 서버가 맞아요.</source>
        <translation>This is a verifier.</translation>
    </message>
    <message>
        <source>인증서 발급: {issuer}, {until}까지</source>
        <translation>Certificate by {issuer}, until {until}</translation>
    </message>
    <message>
        <source>키 지문: {key}</source>
        <translation>Key fingerprint: {key}</translation>
    </message>
    <message>
        <source>설정</source>
        <translation>Settings</translation>
    </message>
    <message>
        <source>글자 크기</source>
        <translation>Text size</translation>
    </message>
    <message>
        <source>화면 색</source>
        <translation>Colours</translation>
    </message>
    <message>
        <source>언어</source>
        <translation>Language</translation>
    </message>
    <message>
        <source>자동 잠금</source>
        <translation>Automatic lock</translation>
    </message>
    <message>
        <source>이 시간 동안 쓰지 않으면 잠급니다. 훈련기관이 정한 시간이 더 짧으면 그때 잠겨요.</source>
        <translation>The app locks when it is not used for this long, or sooner where your institution says so.</translation>
    </message>
    <message>
        <source>로그인할 때 함께 시작</source>
        <translation>Start when I log in</translation>
    </message>
    <message>
        <source>켜기</source>
        <translation>On</translation>
    </message>
    <message>
        <source>끄기</source>
        <translation>Off</translation>
    </message>
    <message>
        <source>컴퓨터에 로그인하면 앱이 알림 영역에서 시작해요.</source>
        <translation>The app starts in the notification area when you log in to this computer.</translation>
    </message>
    <message>
        <source>확인하고 있어요.</source>
        <translation>Checking.</translation>
    </message>
    <message>
        <source>앱을 다시 열어 적용하기</source>
        <translation>Reopen the app to apply</translation>
    </message>
    <message>
        <source>완료</source>
        <translation>Done</translation>
    </message>
    <message>
        <source>인증 서버</source>
        <translation>Verifier</translation>
    </message>
    <message>
        <source>인증 서버 주소</source>
        <translation>Address of the verifier</translation>
    </message>
    <message>
        <source>주소 확인하기</source>
        <translation>Check the address</translation>
    </message>
    <message>
        <source>이 서버 쓰기</source>
        <translation>Use this verifier</translation>
    </message>
    <message>
        <source>이름과 키 지문이 훈련기관에서 알려 준 것과 같은지 보세요. 서버를 바꾸면 지금 등록은 쓸 수 없고, 새 서버에 다시 등록해야 해요.</source>
        <translation>See whether name and fingerprint are those that your institution told you. With another verifier your registration cannot be used, and you have to register again there.</translation>
    </message>
    <message>
        <source>프록시</source>
        <translation>Proxy</translation>
    </message>
    <message>
        <source>프록시 주소</source>
        <translation>Address of the proxy</translation>
    </message>
    <message>
        <source>이 프록시 쓰기</source>
        <translation>Use this proxy</translation>
    </message>
    <message>
        <source>프록시 주소가 아니에요. http://proxy.example.kr:3128 처럼 입력해 주세요.</source>
        <translation>This is not an address of a proxy. Enter it like http://proxy.example.kr:3128.</translation>
    </message>
</context>
<context>
    <name>SettingsProblem</name>
    <message>
        <source>설정이 잘못되어 시작하지 못했습니다.</source>
        <translation>A setting is wrong, so the app did not start.</translation>
    </message>
    <message>
        <source>PC를 관리하는 사람이나 헬프데스크에 아래 내용을 알려 주세요. 등록은 그대로 있습니다.</source>
        <translation>Tell whoever manages this PC, or the helpdesk, what stands below. Your registration is untouched.</translation>
    </message>
    <message>
        <source>닫기</source>
        <translation>Close</translation>
    </message>
</context>
<context>
    <name>ShowCode</name>
    <message>
        <source>본인 명의 확인하기</source>
        <translation>Confirm my phone</translation>
    </message>
    <message>
        <source>바뀐 동의서 보기</source>
        <translation>See the new document</translation>
    </message>
    <message>
        <source>잠그기</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>mOTP 등록 초기화</source>
        <translation>Reset mOTP registration</translation>
    </message>
    <message>
        <source>{name} 님의 인증번호</source>
        <translation>Code for {name}</translation>
    </message>
    <message>
        <source>인증번호 {code}</source>
        <translation>Code {code}</translation>
    </message>
    <message>
        <source>{n}초 남았어요.</source>
        <translation>{n} seconds left.</translation>
    </message>
</context>
<context>
    <name>Sign</name>
    <message>
        <source>상태 QR</source>
        <translation>Status QR</translation>
    </message>
    <message>
        <source>헬프데스크 직원에게 보여 주세요. 10분 동안 쓸 수 있고, 이름과 번호는 들어 있지 않아요.</source>
        <translation>Show this to the helpdesk. It is good for 10 minutes, and has no name or number in it.</translation>
    </message>
    <message>
        <source>헬프데스크가 읽는 상태 QR 코드</source>
        <translation>Status QR code for the helpdesk to read</translation>
    </message>
    <message>
        <source>새로 만들기</source>
        <translation>Make a new one</translation>
    </message>
</context>
<context>
    <name>StaffSetup</name>
    <message>
        <source>처음 로그인: 인증 앱 연결</source>
        <translation>First sign-in: set up your codes</translation>
    </message>
    <message>
        <source>휴대전화의 인증 앱으로 QR 코드를 찍거나 아래 글자를 넣고, 앱에 보이는 여섯 자리를 입력하세요.</source>
        <translation>Scan the QR code with an authenticator app on your phone, or type the letters below into it. Then enter the six digits that it shows.</translation>
    </message>
    <message>
        <source>인증 앱 연결용 QR 코드</source>
        <translation>QR code for the authenticator app</translation>
    </message>
    <message>
        <source>찍을 수 없으면 이 글자를 넣으세요.</source>
        <translation>If you cannot scan it, type this.</translation>
    </message>
    <message>
        <source>인증 앱의 번호 6자리</source>
        <translation>Six digits from the authenticator app</translation>
    </message>
    <message>
        <source>새 비밀번호</source>
        <translation>New password</translation>
    </message>
    <message>
        <source>새 비밀번호 다시</source>
        <translation>New password again</translation>
    </message>
    <message>
        <source>인증 앱의 번호</source>
        <translation>Code from the app</translation>
    </message>
    <message>
        <source>{n}자 이상이면 됩니다. 문장도 좋습니다.</source>
        <translation>{n} characters or more. A sentence is fine.</translation>
    </message>
    <message>
        <source>연결하고 로그인</source>
        <translation>Set up and sign in</translation>
    </message>
    <message>
        <source>처음으로</source>
        <translation>Start over</translation>
    </message>
    <message>
        <source>숫자 여섯 자리를 넣어 주세요.</source>
        <translation>Enter six digits.</translation>
    </message>
    <message>
        <source>{n}자 이상이어야 합니다.</source>
        <translation>Use {n} characters or more.</translation>
    </message>
    <message>
        <source>두 비밀번호가 다릅니다.</source>
        <translation>The two passwords differ.</translation>
    </message>
    <message>
        <source>확인하고 있어요.</source>
        <translation>Checking.</translation>
    </message>
</context>
<context>
    <name>StaffSignIn</name>
    <message>
        <source>헬프데스크 로그인</source>
        <translation>Helpdesk sign-in</translation>
    </message>
    <message>
        <source>이름</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>비밀번호</source>
        <translation>Password</translation>
    </message>
    <message>
        <source>인증번호 6자리</source>
        <translation>Six-digit code</translation>
    </message>
    <message>
        <source>인증번호</source>
        <translation>Code</translation>
    </message>
    <message>
        <source>인증 앱의 여섯 자리입니다. 처음이면 비워 두세요.</source>
        <translation>Six digits from your authenticator app. Leave it empty the first time.</translation>
    </message>
    <message>
        <source>로그인</source>
        <translation>Sign in</translation>
    </message>
    <message>
        <source>이름을 넣어 주세요.</source>
        <translation>Enter your name.</translation>
    </message>
    <message>
        <source>비밀번호를 넣어 주세요.</source>
        <translation>Enter your password.</translation>
    </message>
    <message>
        <source>숫자 여섯 자리를 넣어 주세요.</source>
        <translation>Enter six digits.</translation>
    </message>
    <message>
        <source>로그인하고 있어요.</source>
        <translation>Signing in.</translation>
    </message>
    <message>
        <source>로그아웃했습니다.</source>
        <translation>You are signed out.</translation>
    </message>
    <message>
        <source>15분 동안 쓰지 않아 로그아웃했습니다.</source>
        <translation>You were signed out after 15 minutes without use.</translation>
    </message>
    <message>
        <source>로그인이 끝났습니다. 다시 로그인해 주세요.</source>
        <translation>Your session has ended. Sign in again.</translation>
    </message>
</context>
<context>
    <name>StaffTrouble</name>
    <message>
        <source>로그인이 끝났습니다.</source>
        <translation>Your session has ended.</translation>
    </message>
    <message>
        <source>이 역할로는 할 수 없습니다.</source>
        <translation>Your role does not allow this.</translation>
    </message>
    <message>
        <source>관리자에게 역할을 확인해 주세요.</source>
        <translation>Ask an administrator about your role.</translation>
    </message>
    <message>
        <source>지금은 없습니다.</source>
        <translation>It is no longer here.</translation>
    </message>
    <message>
        <source>지워졌거나 다른 것으로 바뀌었습니다. 다시 찾아보세요.</source>
        <translation>It was erased or replaced. Search again.</translation>
    </message>
    <message>
        <source>그사이 상태가 바뀌어 할 수 없습니다.</source>
        <translation>This cannot be done: things have changed meanwhile.</translation>
    </message>
    <message>
        <source>지금의 상태를 다시 불러왔습니다. 확인하고 정해 주세요.</source>
        <translation>The present state was loaded again. Look at it and decide.</translation>
    </message>
    <message>
        <source>서버가 입력한 내용을 받지 않았습니다.</source>
        <translation>The server did not accept what was typed.</translation>
    </message>
    <message>
        <source>전화번호가 들어 있지 않은지 확인하고 고쳐 주세요.</source>
        <translation>Make sure that no phone number is in it.</translation>
    </message>
    <message>
        <source>번호가 맞지 않습니다. 지금 보이는 번호를 넣어 주세요.</source>
        <translation>The code is wrong. Enter the one that is shown now.</translation>
    </message>
    <message>
        <source>이름, 비밀번호, 인증번호 가운데 맞지 않는 것이 있습니다.</source>
        <translation>Name, password or code is wrong.</translation>
    </message>
    <message>
        <source>설정 시간이 지났습니다. 다시 로그인해 주세요.</source>
        <translation>The time to set up is over. Sign in again.</translation>
    </message>
    <message>
        <source>너무 흔한 비밀번호입니다. 다른 것을 정해 주세요.</source>
        <translation>This password is too common. Choose another.</translation>
    </message>
    <message>
        <source>여러 번 틀려 잠시 막혔습니다. {time} 뒤에 다시 해 주세요.</source>
        <translation>Too many tries. Try again in {time}.</translation>
    </message>
    <message>
        <source>사유를 적어 주세요. 감사 기록에 남습니다.</source>
        <translation>Give a reason. The audit keeps it.</translation>
    </message>
    <message>
        <source>200자까지 적을 수 있습니다.</source>
        <translation>At most 200 characters.</translation>
    </message>
    <message>
        <source>전화번호는 빼 주세요. 감사 기록은 지울 수 없습니다.</source>
        <translation>Leave the phone number out: the audit cannot be erased.</translation>
    </message>
</context>
<context>
    <name>Start</name>
    <message>
        <source>확인하고 있어요.</source>
        <translation>Checking.</translation>
    </message>
</context>
<context>
    <name>Starting</name>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
    <message>
        <source>등록 상태를 확인하고 있어요.</source>
        <translation>Checking your registration.</translation>
    </message>
</context>
<context>
    <name>Status</name>
    <message>
        <source>등록되지 않음</source>
        <translation>Not registered</translation>
    </message>
    <message>
        <source>등록을 마치지 않음</source>
        <translation>Registration not finished</translation>
    </message>
    <message>
        <source>초기화를 마치지 않음</source>
        <translation>Reset not finished</translation>
    </message>
    <message>
        <source>사용 중</source>
        <translation>In use</translation>
    </message>
    <message>
        <source>비밀번호 잠김</source>
        <translation>PIN locked</translation>
    </message>
    <message>
        <source>인증번호 확인 잠김</source>
        <translation>Code checks locked</translation>
    </message>
    <message>
        <source>일시 정지됨</source>
        <translation>Suspended</translation>
    </message>
    <message>
        <source>해지됨</source>
        <translation>Revoked</translation>
    </message>
    <message>
        <source>끝남</source>
        <translation>Ended</translation>
    </message>
    <message>
        <source>지금 읽을 수 없음</source>
        <translation>Cannot be read now</translation>
    </message>
    <message>
        <source>마지막 연결</source>
        <translation>Last contact</translation>
    </message>
    <message>
        <source>이 PC의 시계</source>
        <translation>Clock of this PC</translation>
    </message>
    <message>
        <source>인증 서버</source>
        <translation>Verifier</translation>
    </message>
    <message>
        <source>키 보관함</source>
        <translation>Keychain</translation>
    </message>
    <message>
        <source>앱 버전</source>
        <translation>App version</translation>
    </message>
    <message>
        <source>운영체제</source>
        <translation>Operating system</translation>
    </message>
    <message>
        <source>아직 없음</source>
        <translation>None yet</translation>
    </message>
    <message>
        <source>서버와 같음</source>
        <translation>Same as the verifier</translation>
    </message>
    <message>
        <source>서버보다 {time} 빠름</source>
        <translation>{time} ahead of the verifier</translation>
    </message>
    <message>
        <source>서버보다 {time} 느림</source>
        <translation>{time} behind the verifier</translation>
    </message>
    <message>
        <source>키 파일 (보관함보다 약함)</source>
        <translation>Key file (weaker than a keychain)</translation>
    </message>
    <message>
        <source>쓸 수 없음 ({code})</source>
        <translation>Cannot be used ({code})</translation>
    </message>
    <message>
        <source>이 PC의 상태</source>
        <translation>Status of this PC</translation>
    </message>
    <message>
        <source>상태 QR 보이기</source>
        <translation>Show status QR</translation>
    </message>
    <message>
        <source>서버에 다시 확인</source>
        <translation>Ask the verifier again</translation>
    </message>
    <message>
        <source>진단 보고서 저장</source>
        <translation>Save a diagnostics report</translation>
    </message>
    <message>
        <source>앱 기록 보기</source>
        <translation>Show the app&apos;s log</translation>
    </message>
    <message>
        <source>확인하고 있어요.</source>
        <translation>Checking.</translation>
    </message>
    <message>
        <source>전화로 물으면 불러 주는 코드</source>
        <translation>Code to read out on the telephone</translation>
    </message>
    <message>
        <source>진단 보고서를 저장했어요.</source>
        <translation>The report was saved.</translation>
    </message>
    <message>
        <source>이름, 번호, 비밀번호는 들어 있지 않습니다. {path}</source>
        <translation>It has no name, number or PIN in it. {path}</translation>
    </message>
    <message>
        <source>진단 보고서를 저장하지 못했어요.</source>
        <translation>The report could not be saved.</translation>
    </message>
    <message>
        <source>다른 폴더를 골라 다시 해 주세요. {path}</source>
        <translation>Choose another folder and try again. {path}</translation>
    </message>
</context>
<context>
    <name>StepHeader</name>
    <message>
        <source>이전</source>
        <translation>Back</translation>
    </message>
    <message>
        <source>등록 {steps}단계 중 {step}단계</source>
        <translation>Registration, step {step} of {steps}</translation>
    </message>
</context>
<context>
    <name>Storage</name>
    <message>
        <source>저장 공간이 부족합니다.</source>
        <translation>There is no space left.</translation>
    </message>
    <message>
        <source>디스크가 가득 차서 저장하지 못했습니다. 필요 없는 파일을 지우고 다시 시도해 주세요. 지금까지의 등록은 그대로 있습니다.</source>
        <translation>The disk is full, so nothing could be saved. Delete files that you do not need and try again. Your registration is unchanged.</translation>
    </message>
    <message>
        <source>등록 파일을 읽거나 쓸 수 없습니다.</source>
        <translation>The registration file cannot be used.</translation>
    </message>
    <message>
        <source>이 사용자에게 폴더의 권한이 없습니다. PC를 관리하는 사람에게 사용자 폴더의 권한을 확인해 달라고 해 주세요.</source>
        <translation>You have no permission for the folder. Ask whoever looks after this PC to check the permissions of your user folder.</translation>
    </message>
    <message>
        <source>디스크에서 오류가 났습니다.</source>
        <translation>The disk reported an error.</translation>
    </message>
    <message>
        <source>등록 파일을 읽거나 쓰지 못했습니다. 다시 시도하고, 계속되면 PC를 관리하는 사람에게 디스크 점검을 부탁해 주세요.</source>
        <translation>The registration file could not be read or written. Try again; if it goes on, ask whoever looks after this PC to check the disk.</translation>
    </message>
    <message>
        <source>다시 시도</source>
        <translation>Try again</translation>
    </message>
</context>
<context>
    <name>TimeTable</name>
    <message>
        <source>시간표</source>
        <translation>Time line</translation>
    </message>
    <message>
        <source>때</source>
        <translation>When</translation>
    </message>
    <message>
        <source>일</source>
        <translation>Event</translation>
    </message>
    <message>
        <source>결과</source>
        <translation>Result</translation>
    </message>
    <message>
        <source>어디서, 누가</source>
        <translation>Where and who</translation>
    </message>
</context>
<context>
    <name>Times</name>
    <message>
        <source>{n}초</source>
        <translation>{n} s</translation>
    </message>
    <message>
        <source>{n}분</source>
        <translation>{n} min</translation>
    </message>
    <message>
        <source>{n}시간</source>
        <translation>{n} h</translation>
    </message>
    <message>
        <source>{minutes}분 {seconds}초</source>
        <translation>{minutes} minutes {seconds} seconds</translation>
    </message>
    <message>
        <source>{year}년 {month}월 {day}일</source>
        <translation>{day} {month_name} {year}</translation>
    </message>
    <message>
        <source>{month}월 {day}일 {time}</source>
        <translation>{day} {month_name}, {time}</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>창 열기</source>
        <translation>Open the window</translation>
    </message>
    <message>
        <source>잠그기</source>
        <translation>Lock</translation>
    </message>
    <message>
        <source>끝내기</source>
        <translation>Quit</translation>
    </message>
    <message>
        <source>잠겨 있어요</source>
        <translation>Locked</translation>
    </message>
    <message>
        <source>인증번호 {n}초 남음</source>
        <translation>Code: {n} s left</translation>
    </message>
</context>
<context>
    <name>Trouble</name>
    <message>
        <source>서버에 연결할 수 없습니다.</source>
        <translation>The server cannot be reached.</translation>
    </message>
    <message>
        <source>인터넷 연결을 확인하고 다시 시도해 주세요.</source>
        <translation>Check your internet connection and try again.</translation>
    </message>
    <message>
        <source>서버의 응답이 늦어지고 있습니다.</source>
        <translation>The server is slow to answer.</translation>
    </message>
    <message>
        <source>인터넷이 느리거나 서버가 붐빕니다. 잠시 뒤에 다시 시도해 주세요.</source>
        <translation>The internet is slow or the server is busy. Try again in a moment.</translation>
    </message>
    <message>
        <source>안전한 연결을 만들 수 없습니다.</source>
        <translation>No secure connection is possible.</translation>
    </message>
    <message>
        <source>서버의 인증서를 확인하지 못했습니다. 이 PC의 날짜와 시각을 확인해 주세요. 회사나 기관의 네트워크라면 담당자에게 알려 주세요.</source>
        <translation>The server’s certificate could not be checked. Look at the date and time of this PC. On an office network, tell whoever looks after it.</translation>
    </message>
    <message>
        <source>인증 서버가 아닌 곳에서 응답했습니다.</source>
        <translation>Something other than the server answered.</translation>
    </message>
    <message>
        <source>프록시 서버가 연결해 주지 않습니다.</source>
        <translation>The proxy server does not connect.</translation>
    </message>
    <message>
        <source>회사나 기관의 네트워크가 인터넷으로 나가는 길에 프록시 서버를 둡니다. 메뉴의 [설정]에서 프록시를 확인하거나 네트워크 담당자에게 알려 주세요.</source>
        <translation>The network of a company or an institution has a proxy server on the way to the internet. Check the proxy under [Settings] in the menu, or tell whoever looks after the network.</translation>
    </message>
    <message>
        <source>프록시 서버가 로그인을 요구합니다.</source>
        <translation>The proxy server asks for a login.</translation>
    </message>
    <message>
        <source>운영체제의 네트워크 설정에 프록시 이름과 비밀번호를 넣거나, 로그인이 필요 없는 프록시를 네트워크 담당자에게 물어봐 주세요.</source>
        <translation>Enter the proxy&apos;s name and password in the network settings of your operating system, or ask whoever looks after the network for a proxy that needs no login.</translation>
    </message>
    <message>
        <source>공용 와이파이의 로그인 화면일 수 있습니다. 웹 브라우저로 인터넷이 되는지 확인하고 다시 시도해 주세요.</source>
        <translation>It may be the login page of a public Wi-Fi. Check in a web browser that the internet works, then try again.</translation>
    </message>
    <message>
        <source>서버에 문제가 생겼습니다.</source>
        <translation>The server has a problem.</translation>
    </message>
    <message>
        <source>이 PC의 문제가 아닙니다. 몇 분 뒤에 다시 시도해 주세요.</source>
        <translation>It is not your PC. Try again in a few minutes.</translation>
    </message>
    <message>
        <source>이 PC가 서버의 인증서를 믿지 않습니다.</source>
        <translation>This PC does not trust the server&apos;s certificate.</translation>
    </message>
    <message>
        <source>회사나 기관이 만든 인증서라면 그 루트 인증서가 이 PC에 설치되어 있어야 합니다. PC를 관리하는 사람에게 설치해 달라고 해 주세요.</source>
        <translation>If a company or an institution made the certificate, its root certificate must be installed on this PC. Ask whoever manages this PC to install it.</translation>
    </message>
    <message>
        <source>서버의 인증서 날짜가 맞지 않습니다.</source>
        <translation>The dates of the server&apos;s certificate do not fit.</translation>
    </message>
    <message>
        <source>이 PC의 날짜와 시각을 먼저 확인해 주세요. 맞게 되어 있다면 서버의 인증서가 만료된 것이니 헬프데스크에 알려 주세요.</source>
        <translation>First check the date and time of this PC. If they are right, the server&apos;s certificate has expired: tell the helpdesk.</translation>
    </message>
    <message>
        <source>서버의 인증서가 다른 주소의 것입니다.</source>
        <translation>The server&apos;s certificate is for another address.</translation>
    </message>
    <message>
        <source>서버 주소가 맞는지 메뉴의 [설정]에서 확인해 주세요. 공용 와이파이라면 다른 네트워크로 바꾸고 다시 시도해 주세요.</source>
        <translation>Check the server&apos;s address under [Settings] in the menu. On a public Wi-Fi, change to another network and try again.</translation>
    </message>
    <message>
        <source>짧은 시간에 여러 번 요청했습니다.</source>
        <translation>Too many requests in a short time.</translation>
    </message>
    <message>
        <source>{time} 뒤에 다시 시도해 주세요.</source>
        <translation>Try again in {time}.</translation>
    </message>
    <message>
        <source>이 PC의 등록은 다른 인증 서버의 것입니다.</source>
        <translation>The registration on this PC belongs to another server.</translation>
    </message>
    <message>
        <source>서버 주소가 바뀐 것 같습니다. 설정한 사람이나 헬프데스크에 알려 주세요. 등록은 그대로 있어요.</source>
        <translation>The server address seems to have changed. Tell the helpdesk or whoever set it. Your registration is still there.</translation>
    </message>
    <message>
        <source>이 앱의 버전으로는 이제 인증할 수 없습니다.</source>
        <translation>This version of the app can no longer be used.</translation>
    </message>
    <message>
        <source>새 버전을 설치하고 앱을 다시 열어 주세요. 등록은 그대로 있어요. 급하면 훈련 사이트의 인증 창에서 본인인증(휴대폰)을 쓸 수 있어요.</source>
        <translation>Install the new version and open the app again. Your registration stays as it is. If it is urgent, use identity verification by phone in the training site’s window.</translation>
    </message>
    <message>
        <source>요청을 처리하지 못했습니다.</source>
        <translation>The request could not be handled.</translation>
    </message>
    <message>
        <source>다시 시도해 주세요. 같은 일이 되풀이되면 아래 코드를 헬프데스크에 알려 주세요.</source>
        <translation>Try again. If it happens again, tell the helpdesk the code below.</translation>
    </message>
</context>
<context>
    <name>Withdrawal</name>
    <message>
        <source>개인정보 동의를 철회할까요?</source>
        <translation>Withdraw your consent?</translation>
    </message>
    <message>
        <source>철회하면 되돌릴 수 없습니다.</source>
        <translation>This cannot be undone.</translation>
    </message>
    <message>
        <source>이 PC의 등록과 비밀번호가 지워집니다.</source>
        <translation>The registration and PIN on this PC are erased.</translation>
    </message>
    <message>
        <source>서버에서도 인증번호의 비밀 키를 바로 지우고, 이름과 전화번호를 보관 규정에 따라 지웁니다.</source>
        <translation>The server erases the secret behind your codes at once, and your name and number by its rules of retention.</translation>
    </message>
    <message>
        <source>훈련을 계속 들으려면 훈련 사이트의 본인인증(휴대폰)을 쓰세요. 새로 등록하려면 먼저 훈련기관에 알려 주세요.</source>
        <translation>To go on with your training, use identity verification by phone on the training site. To register anew, tell your institution first.</translation>
    </message>
    <message>
        <source>철회하지 않기</source>
        <translation>Do not withdraw</translation>
    </message>
    <message>
        <source>동의 철회</source>
        <translation>Withdraw</translation>
    </message>
    <message>
        <source>동의를 철회했습니다.</source>
        <translation>Your consent is withdrawn.</translation>
    </message>
    <message>
        <source>이 PC와 서버에서 등록을 지웠습니다. 서버에 남은 이름과 전화번호도 보관 규정에 따라 지워집니다.</source>
        <translation>The registration is erased on this PC and on the server. Your name and number on the server are erased too, by its rules of retention.</translation>
    </message>
    <message>
        <source>이 PC에서만 지웠습니다.</source>
        <translation>Only this PC was cleared.</translation>
    </message>
    <message>
        <source>서버에 철회를 알리지 못했습니다. 훈련기관이나 헬프데스크에 동의 철회와 개인정보 삭제를 요청해 주세요.</source>
        <translation>The server could not be told. Ask your institution or the helpdesk to withdraw your consent and erase your data.</translation>
    </message>
    <message>
        <source>처음 화면으로</source>
        <translation>To the first screen</translation>
    </message>
</context>
</TS>
